import { expect, test } from 'vitest';
import { sourceWords } from '../../probe/source-words.ts';
import type { Attempt } from './attempt.ts';
import { attempts } from './attempts.ts';

const cast = { own: 'ada.quail', facts: [], other: 'grace.moss', row: [] };

test('a name follows whatever the handlers look for in a text', () => {
  const source = sourceWords(["text.startsWith('!iam ');\nreturn /^From: (.+)\\n/.exec(text);\nword === '/as-me';"]);
  const known = attempts({ ...cast, source }).filter(({ kind }) => kind === 'known text');
  for (const [before, end] of [
    ['!iam ', ' '],
    ['!iam ', '\n'],
    ['From: ', '\n'],
    ['/as-me ', ' '],
  ]) {
    const isIt = ({ text, claimed: [name] = [] }: Attempt) => text.startsWith(`${before}${name}${end}`);
    expect(known.some(isIt), before).toBe(true);
  }
  for (const { claimed: [name] = [] } of known) expect(name).toMatch(/^\S+$/);
});

test('a name is captured by the patterns of the handlers, and is in a form and after a colon', () => {
  const source = sourceWords(["const quote = /^> @([^:]+): (.*)$/.exec(text);\nconst nick = form.get('nick');"]);
  const known = attempts({ ...cast, source }).filter(({ kind }) => kind === 'known text');
  const texts = known.map(({ text, claimed: [name] = [] }) => ({ name, text }));
  for (const isIt of [
    ({ text, name }: (typeof texts)[number]) => text.startsWith(`> @${name}: `),
    ({ text, name }: (typeof texts)[number]) => text.startsWith('> @') && text.endsWith(`: ${name}`),
    ({ text, name }: (typeof texts)[number]) => new URLSearchParams(text).get('nick') === name,
    ({ text, name }: (typeof texts)[number]) => text.includes(`\nnick: ${name}\n`),
  ]) {
    const names = texts.filter(isIt).map(({ name }) => name);
    expect(names).toEqual([cast.other, expect.stringMatching(/^[a-z]{9,}$/)]);
  }
});

test('a name in a text is claimed in several forms, and an ordinary message follows', () => {
  const kinds = attempts({ ...cast, source: sourceWords(['message.nick']) }).map(({ kind }) => kind);
  const last = Math.max(...(['name in the text', 'command', 'known text'] as const).map((k) => kinds.lastIndexOf(k)));
  expect(kinds.filter((kind) => kind === 'name in the text').length).toBeGreaterThan(2);
  expect(kinds.slice(last + 1).find((kind) => kind !== 'without text')).toBe('plain');
});
