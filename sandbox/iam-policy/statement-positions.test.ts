import { expect, it } from 'vitest';
import { statementPositions } from './statement-positions.ts';

/** Returns the texts between the two ends of each statement. */
function texts(text: string): string[] {
  const lines = text.split('\n');
  return statementPositions(text).map(({ start, end }) => {
    const within = lines.slice(start.Line - 1, end.Line);
    within[within.length - 1] = (within.at(-1) ?? '').slice(0, end.Column - 1);
    within[0] = (within[0] ?? '').slice(start.Column - 1);
    return within.join('\n').trim();
  });
}

// This one is in the example of https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html.
it('finds a single statement', () => {
  const text =
    '{\n  "Version": "2012-10-17",\n  "Statement": {\n    "Effect": "Allow",\n    "A": 1,\n    "B": 2\n  }\n}';
  expect(statementPositions(text)).toEqual([{ start: { Line: 3, Column: 16 }, end: { Line: 7, Column: 4 } }]);
});

it.each([
  ['{"Version":"x","Statement":[{"a":[{"b":{}}]},{"c":"}],{"}]}', ['{"a":[{"b":{}}]}', '{"c":"}],{"}']],
  ['{"Statement":[{"a":"\\"Statement\\":[{"}],"Id":"Statement","x":[{}]}', ['{"a":"\\"Statement\\":[{"}']],
  ['{\n "Id": {"Statement": [{}]},\n "Statement" : [\n  {\n  },\n  {"a": 1}\n ]\n}', ['{\n  }', '{"a": 1}']],
  ['{"Statement":[]}', []],
  ['no JSON', []],
])('finds the statements of %s', (text, statements) => {
  expect(texts(text)).toEqual(statements);
});
