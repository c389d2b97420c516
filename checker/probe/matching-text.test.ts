import { expect, test } from 'vitest';
import { capturingTexts, matchingTexts } from './matching-text.ts';
import { patternsIn } from './patterns.ts';

test.each([
  ["if (/^UNI-\\d{4}$/.test(code ?? '')) return event;", ['UNI-7777']],
  ['const CODE = /^(?:beta|gamma)_[a-z0-9]{2,}$/i;', ['beta_aa']],
  ['return code.match(/^v[0-9]+\\.x$/);', ['v0.x']],
  ['return /@([^@]+)$/.exec(address)?.[1];', ['@a']],
  ["const isValid = (code = '') => /^VIP-\\d{4}$/.test(code);", ['VIP-7777']],
  ['const CODES = [/^INV-/, /^VIP-/];', ['INV-', 'VIP-']],
  ['const isValid = (code: string) => {\n  /^UNI$/.test(code);\n};', ['UNI']],
  ["const CODE = new RegExp('^INV-\\\\d{2}$', 'i');", ['INV-77']],
  ['// if (/^UNI$/.test(code)) return;\nreturn total / 2 / count;', []],
  ['if (/[/.test(code)) return;', []],
])('finds a text for each simple pattern in %s', (source, expected) => {
  expect(matchingTexts([source])).toEqual(expected);
});

test.each([
  ['/^on behalf of ([^:]+): (.+)$/i.exec(text)', ['on behalf of ann: tea? tea?', 'on behalf of tea?: ann']],
  ['/^(.+?) \\(desktop\\): (.+)$/.exec(text)', ['ann (desktop): tea? tea?', 'tea? (desktop): ann']],
  ['/^@(?<who>[\\w.-]+) says: (?<what>.*)$/s.exec(text)', ['@ann says: tea? tea?', '@a says: ann']],
  ['/^(?:as|von) ([A-Z]\\w+)\\b/.exec(text)', ['as Ann tea?']],
  ['/^as ((\\w+) (\\d+))|^by (\\S+)/.exec(text)', ['as ann 7 tea?', 'by ann tea?']],
  ["new RegExp('^<(\\\\w+)>(?=.)', 'u').exec(text)", ['<ann> tea?']],
  ['/^v(\\d+)$/.exec(text)', []],
  ['/(/.exec(text)', []],
])('has a word in each group that %s captures', (source, expected) => {
  const patterns = patternsIn([`const found = ${source};`]);
  const texts = capturingTexts(
    patterns,
    () => 'ann',
    () => 'tea?',
  );
  expect(texts.map(({ text }) => text)).toEqual(expected);
});

test('a pattern that takes exponential time is given up', () => {
  const patterns = patternsIn(['const isPlain = /^(\\w+\\s?)+$/.test(text);']);
  const texts = capturingTexts(
    patterns,
    () => 'ann',
    () => 'a long text that goes on and on and has a mark at its end!',
  );
  expect(texts.map(({ text }) => text)).toEqual(['ann']);
});
