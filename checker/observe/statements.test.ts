import { expect, test } from 'vitest';
import { statementAt } from './statements.ts';

const at = (program: string, text: string) => statementAt(program, program.indexOf(text));

test('returns a statement of several lines, whatever is in its texts', () => {
  const program = "const a = 1;\nf({\n  text: ')};',\n  wanted, // { (\n}).g();\nconst b = 2;\n";
  expect(at(program, 'wanted')?.text).toBe("f({\n  text: ')};',\n  wanted, // { (\n}).g()");
});

test('returns a statement without a semicolon', () => {
  expect(at('a(1)\nb(wanted)\n  .c()\nd()\n', 'wanted')?.text).toBe('b(wanted)\n  .c()');
});

test.each([
  ['for (const each of [one, two]) {\n  grant(each);\n}', 'for (const each of [one, two])'],
  ['[one, two].forEach((each) => {\n  grant(each);\n});', '[one, two].forEach((each) =>'],
  [
    'function make(id: string): Made {\n  const x = { y: 1 };\n  grant(each);\n  return x;\n}',
    'function make(id: string): Made',
  ],
])('knows the block around a statement: %s', (program, header) => {
  expect(at(`first();\n${program}\nlast();`, 'grant')).toEqual({ text: 'grant(each)', around: [header] });
  expect(at(`first();\n${program}\nlast();`, 'last')).toEqual({ text: 'last()', around: [] });
});

test('returns a loop without a block as one statement', () => {
  expect(at('for (const each of [one, two]) grant(each);', 'grant')?.text).toContain('[one, two]');
});
