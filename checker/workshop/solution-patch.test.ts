import { expect, test } from 'vitest';
import { patchFrom } from './solution-patch.ts';

const files = (lines: readonly string[]) => new Map([['handler.ts', `${lines.join('\n')}\n`]]);
const start = [
  '// Everyone who is here.',
  'const rows = await all((next) =>',
  '  scanEverything(next),',
  ');',
  'post();',
];
const solution = [
  '// Only the people in the channel.',
  'const rows = await all((next) =>',
  '  queryTheIndex(next),',
  ');',
  'post();',
];
const patch = (now: readonly string[]) =>
  patchFrom(files(now), { folder: 'labs/09-x', start: files(start), solution: files(solution) });

test('changes a comment that describes the fault together with the code', () => {
  expect(patch(start)).toEqual(
    expect.arrayContaining([
      '-// Everyone who is here.',
      '+// Only the people in the channel.',
      '+  queryTheIndex(next),',
    ]),
  );
});

test("leaves a learner's own comments alone", () => {
  const now = ['// My note.', ...start.slice(1)];
  expect(patch(now)).not.toContain('-// My note.');
  expect(patch(now)).toContain('+  queryTheIndex(next),');
});

test("doesn't leave other differences out for a comment of the fault", () => {
  const now = [start[0] ?? '', ...solution.slice(1, -1), 'postTwice();'];
  expect(patch(now)).toContain('-postTwice();');
});

test('adds no comment above a line that is right', () => {
  const now = [...solution.slice(1, -1), 'scanEverything();', 'post();'];
  expect(patch(now)).toContain('-scanEverything();');
  expect(patch(now)).not.toContain('+// Only the people in the channel.');
});

const client = [
  "import { done } from './done.ts';",
  'import {',
  '  GoneException,',
  '  PostCommand,',
  "} from 'client';",
];
const end = ['stop();', 'end(done);'];
const before = [...client, '', 'post(new PostCommand());', ...end];
const gone = '  if (!(error instanceof GoneException)) throw error;';
const after = [...client, '', 'try {', '  post(new PostCommand());', '} catch (error) {', gone, '}', ...end];
const withoutGone = (lines: readonly string[]) => lines.filter((line) => line !== '  GoneException,');
const patchOf = (now: readonly string[]) =>
  patchFrom(files(now), { folder: 'labs/09-x', start: files(before), solution: files(after) });

test.each([
  ['that the added lines need', withoutGone(before)],
  ['that lines of the fault need, which are right', withoutGone(after)],
  ['on several lines instead of one', ["import { PostCommand } from 'client';", ...before.slice(5)]],
])('adds an import %s', (_, now) => {
  expect(patchOf(now)).toContain('+  GoneException,');
});

test.each([
  ['of a name that is declared', [...before.slice(1, 5), 'const done = 1;', ...before.slice(5)]],
  ['that nothing needs', before.slice(1, -1)],
  ['that only a comment names', [...before.slice(1, -1), '// done']],
  ['that only a comment on several lines names', [...before.slice(1, -1), '/*', ' * done', ' */']],
  ['that only a comment after a statement names', [...before.slice(1, -1), 'stop(); // done']],
])('adds no import %s', (_, now) => {
  const added = patchOf(now).filter((line) => line.startsWith('+') && !line.startsWith('+++'));
  expect(added).toEqual(after.slice(6, -2).map((line) => `+${line}`));
});

test.each([
  ['keeps', 'used', true],
  ['drops', 'only in a comment', false],
])('%s a name that the learner imports if it is %s', (_verb, _where, isUsed) => {
  const now = ["import { PostCommand, Mine } from 'client';", ...before.slice(5), isUsed ? 'mine(Mine);' : '// Mine'];
  const removed = patchOf(now).filter((line) => line.startsWith('-import'));
  expect(removed).toEqual(isUsed ? [] : ["-import { PostCommand, Mine } from 'client';"]);
});

test('adds an import for a name after an address', () => {
  expect(patchOf([...before.slice(1, -1), "get('https://x.example', done);"])).toContain(
    "+import { done } from './done.ts';",
  );
});
