import { expect, test } from 'vitest';
import { terminalHtml } from './terminal-html.ts';

test.each([
  ['plain & <text>', 'plain &amp; &lt;text&gt;'],
  ['\u001b[31mred\u001b[39m', '<span style="color: var(--red)">red</span>'],
  [
    '\u001b[1m\u001b[91mboth\u001b[39m\u001b[22m plain',
    '<span style="color: var(--red); font-weight: 700">both</span> plain',
  ],
  ['\u001b[2mdim\u001b[22m plain', '<span style="color: var(--quiet)">dim</span> plain'],
  ['\u001b[1;32mgreen\u001b[0m plain', '<span style="color: var(--green); font-weight: 700">green</span> plain'],
  ['\u001b[2K\u001b[1Gcleared', 'cleared'],
])('%j becomes %s', (printed, html) => {
  expect(terminalHtml(printed)).toBe(html);
});
