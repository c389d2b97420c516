import { expect, it } from 'vitest';
import { escapeControls, printable } from './control-characters.ts';
import { linksFor } from './link.ts';

const all = { colors: true, links: true };
const none = { colors: false, links: false };

it.each([
  ['\u001b[2J\u001b]0;title\u0007', '\\u001b[2J\\u001b]0;title\\u0007'],
  ['\u009b31m', '\\u009b31m'],
  ['\u009b[31m', '\\u009b[31m'],
  ['a\rb\u0008\u007f\u0000', 'a\\u000db\\u0008\\u007f\\u0000'],
  ['user\u202egnp.exe\u2066', 'user\\u202egnp.exe\\u2066'],
  ['two\r\nlines', 'two\nlines'],
  ['Zoë 👩‍💻 名前\tx\ny', 'Zoë 👩‍💻 名前\tx\ny'],
])('writes out what a terminal would obey: %j', (text, shown) => {
  expect(escapeControls(text)).toBe(shown);
  expect(printable(text, none)).toBe(shown);
  expect(printable(text, all)).toBe(shown);
});

it('keeps colors and links for readers who can show them, and for nobody else', () => {
  const red = '\u001b[31mno\u001b[39m';
  const link = linksFor('/', true, { FORCE_HYPERLINK: '1' })('docs', 'https://example.com/');
  expect(printable(red, all)).toBe(red);
  expect(printable(red, none)).toBe('\\u001b[31mno\\u001b[39m');
  expect(printable(link, all)).toBe(link);
  expect(printable(link, none)).not.toContain('\u001b');
});

it('leaves a JSON document unchanged', () => {
  const said = { text: '\u001b[31m\u009b\u202e' };
  expect(JSON.parse(printable(JSON.stringify(said, undefined, 2), none))).toEqual(said);
});
