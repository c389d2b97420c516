import chalk from 'chalk';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { beforeAll, describe, expect, test } from 'vitest';
import { tooWide } from '../../tests/golden/too-wide.ts';
import type { Result, Verdict } from '../checking/result.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderVerdict } from './terminal.ts';
import { wrap } from './wrap.ts';

const docs = {
  lab: 'labs/01-missing-route/README.md',
  aws: 'https://docs.aws.amazon.com/a/very/long/address/of-a-page.html',
};
const base = { expected: 'It is so.', docs, duration: 1234 };
const hostile = `<img src=x onerror="alert('1')">&\u001b[31m\u0000`;

const passed: Result = { ...base, id: 'a', title: 'The first', status: 'passed', actual: 'So it is.', evidence: [] };
const failed: Result = {
  ...base,
  id: 'b',
  title: 'The second',
  status: 'failed',
  actual: 'It is not so at all, and there is a good deal to say about it, more than one line holds.',
  evidence: [
    {
      source: 'conversation',
      about: 'ws://127.0.0.1:4566/_aws/execute-api/a1b2c3d4/room',
      lines: ['+1 ms  Ada joins', hostile],
    },
  ],
  place: { file: 'labs/01-missing-route/stack.ts', line: 35, construct: 'chat/Api' },
};
const blocked: Result = { ...base, id: 'c', title: 'The third', status: 'blocked', by: 'b' };
const broken: Result = {
  ...base,
  id: 'd',
  title: 'The fourth',
  status: 'broken',
  reason: 'No network.',
  next: 'Plug it in.',
};

function verdict(status: Verdict['status'], checks: readonly Result[]): Verdict {
  const target = { kind: 'practice', title: 'the practice account', region: 'us-east-1' } as const;
  return { lab: '01-missing-route', title: 'The missing route', status, checks, target, room: 'ws://127.0.0.1/room' };
}

const notFixed = verdict('not fixed', [passed, failed, blocked, broken]);

beforeAll(() => {
  chalk.level = 0;
});

describe('wrap', () => {
  test('breaks between words, and does not break a word that is too long', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('abcdefghij', 4)).toEqual(['abcdefghij']);
    expect(wrap('one arn:aws:iam::1:role/a two', 8)).toEqual(['one', 'arn:aws:iam::1:role/a', 'two']);
    expect(wrap('    indented words', 10)).toEqual(['    indented', '    words']);
    expect(wrap('one\n\ntwo', 10)).toEqual(['one', '', 'two']);
  });

  test('shows what would move the cursor', () => {
    expect(wrap('a\u001b[31mb\r', 20)).toEqual(['a·[31mb·']);
  });
});

describe('for a person', () => {
  test.each([40, 80, 120])('no line is wider than a terminal of %d columns', (columns) => {
    const lines = renderVerdict(notFixed, { columns });
    expect(tooWide(lines, columns)).toEqual([]);
    expect(lines.join('\n')).not.toContain('\u001b');
  });

  test('the verdict comes first, the first failure in full, and what to do next last', () => {
    const lines = renderVerdict(notFixed, { columns: 80 });
    expect(lines[0]).toBe('✗ Lab 01, The missing route: not fixed');
    expect(lines).toContain('✗ The second (failed)');
    expect(lines).toContain('  look at   labs/01-missing-route/stack.ts:35');
    expect(lines).toContain('– The third (not checked: it waits for the above)');
    expect(lines).toContain('✓ The first (passed)');
    expect(lines[lines.indexOf('! The fourth (could not be checked)') + 1]).toBe('  No network.');
    expect(lines.join(' ')).toMatch(/Next: Repair it, then `npx lab deploy 01`.*hint\.$/);
  });

  test('the location stays in one piece on a narrow terminal', () => {
    expect(renderVerdict(notFixed, { columns: 40 })).toContain('    labs/01-missing-route/stack.ts:35');
  });

  test('a check that could not run says why and what to do', () => {
    const text = renderVerdict(verdict('broken', [broken]), { columns: 80 }).join('\n');
    expect(text).toContain('No network.');
    expect(text).toContain('Next: Plug it in.');
  });

  test('fixed is short', () => {
    expect(renderVerdict(verdict('fixed', [passed]), { columns: 80, next: '' })).toEqual([
      '✓ Lab 01, The missing route: fixed',
      '  in the practice account',
      '',
      '✓ The first (passed)',
      '',
      '  read      solutions/01-missing-route/README.md',
      '  compare   checker/labs/01-missing-route/repairs/ (other repairs)',
    ]);
  });
});

test('JSON: every check has every field', () => {
  const { schema, exitCode, labs } = JSON.parse(renderJson([notFixed]));
  expect({ schema, exitCode, status: labs[0].status }).toEqual({ schema: 1, exitCode: 1, status: 'not fixed' });
  const [first] = labs[0].checks;
  for (const check of labs[0].checks) expect(Object.keys(check)).toEqual(Object.keys(first));
  expect(labs[0].checks[1]).toMatchObject({
    status: 'failed',
    expected: 'It is so.',
    file: 'labs/01-missing-route/stack.ts',
    line: 35,
    construct: 'chat/Api',
  });
  expect(labs[0].checks[2]).toMatchObject({ status: 'blocked', blockedBy: 'b', file: null, evidence: [] });
});

test('JUnit: well-formed, with a case for each check', () => {
  const xml = renderJunit([notFixed]);
  expect(XMLValidator.validate(xml)).toBe(true);
  const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(xml);
  expect(testsuites['@_tests']).toBe('4');
  expect(testsuites['@_failures']).toBe('1');
  expect(testsuites.testsuite['@_skipped']).toBe('1');
  // https://github.com/jenkinsci/xunit-plugin, junit-10.xsd
  const known = ['name', 'time', 'tests', 'failures', 'errors'];
  expect(Object.keys(testsuites).filter((key) => key.startsWith('@_') && !known.includes(key.slice(2)))).toEqual([]);
  expect(testsuites.testsuite.testcase.map((each: { '@_name': string }) => each['@_name'])).toEqual([
    'a',
    'b',
    'c',
    'd',
  ]);
  expect(xml).not.toContain('\u0000');
});

test('JUnit: properties describe the lab as a whole', () => {
  const xml = renderJunit([{ ...verdict('not deployed yet', [failed]), remark: 'Your files have changed since.' }]);
  const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(xml);
  const { property } = testsuites.testsuite.properties;
  expect(property.map((each: Record<string, string>) => [each['@_name'], each['@_value']])).toEqual([
    ['title', 'The missing route'],
    ['status', 'not deployed yet'],
    ['remark', 'Your files have changed since.'],
    ['next', 'Deploy what you changed: `npx lab deploy 01`, then `npx lab check 01`.'],
  ]);
});

test('HTML: actual values stay text', () => {
  const page = renderHtml([notFixed]);
  expect(page).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;');
  expect(page).not.toContain('<img');
});

test('HTML: what failed is in full view, and what passed is folded', () => {
  const page = renderHtml([notFixed]);
  const [inView = '', ...folds] = page.split('<details class="rest">');
  for (const words of [
    'The second <span class="state">(failed)',
    '<dt>expected</dt><dd>It is so.</dd>',
    '<dt>seen</dt><dd>It is not so at all',
    '<dt>look at</dt><dd><code>labs/01-missing-route/stack.ts:35</code>',
    'The fourth <span class="state">(could not be checked)',
    'No network.',
  ])
    expect(inView).toContain(words);
  expect(inView).not.toMatch(/The first|The third/);
  expect(folds[0]).toMatch(/^\n<summary>1 check wasn't run yet<\/summary>[\s\S]*The third/);
  expect(folds[1]).toMatch(/^\n<summary>1 check passed<\/summary>[\s\S]*The first/);
});
