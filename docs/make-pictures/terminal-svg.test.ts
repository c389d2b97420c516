import { XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { terminalSvg } from './terminal-svg.ts';

test('a picture of a terminal has its lines as text, in their colors', () => {
  const picture = terminalSvg(
    '\u001b[31m✗ wrong & <lost>\u001b[39m\n\n  plain \u001b[1mbold\u001b[22m\n',
    'What it says',
  );
  expect(XMLValidator.validate(picture)).toBe(true);
  expect(picture).toContain('<title>What it says</title>');
  expect(picture.match(/<text .*/g)).toEqual([
    '<text x="16" y="29"><tspan class="red">✗ wrong &amp; &lt;lost&gt;</tspan></text>',
    '<text x="16" y="67"><tspan>  plain </tspan><tspan class="b">bold</tspan></text>',
  ]);
  expect(picture).toContain('prefers-color-scheme:dark');
});

test('a color continues over the end of a line', () => {
  expect(terminalSvg('\u001b[32mone\ntwo\u001b[39m', 'x').match(/class="green"/g)).toHaveLength(2);
});
