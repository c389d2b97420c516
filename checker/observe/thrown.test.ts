import { expect, test } from 'vitest';
import { errorIn, thrown } from './thrown.ts';

test('an error thrown by a function is shown once, with where it was thrown', () => {
  const message = 'User: arn:x is not authorized to perform: dynamodb:Scan on resource: arn:y';
  const stack = [
    `AccessDeniedException: ${message}`,
    '    at one (a.js:1)',
    '    at two (b.js:2)',
    '    at three (c.js:3)',
  ];
  const error = JSON.stringify({ errorType: 'AccessDeniedException', errorMessage: message, stack });
  expect(thrown(`2026-11-24T02:42:34.158Z\tf4f9107f\tERROR\tInvoke Error \t${error}`)).toEqual([
    `2026-11-24T02:42:34.158Z f4f9107f ERROR AccessDeniedException: ${message}`,
    '    at one (a.js:1)',
    '    at two (b.js:2)',
  ]);
});

test.each(['2026-11-24T02:42:34.158Z\tf4f9107f\tINFO\thello', 'x\tERROR\tInvoke Error \t{"cut off'])(
  '%j stays',
  (line) => {
    expect(thrown(line)).toEqual([line]);
  },
);

test.each([
  ['a x ERROR TypeError: no', 'TypeError: no'],
  [JSON.stringify({ level: 'ERROR', message: { errorType: 'Error', errorMessage: 'no' } }), 'Error: no'],
  ['a\tx\tERROR\tTypeError: caught', undefined],
  ['    at one (a.js:1)', undefined],
])('%j has the error %j', (line, error) => {
  expect(errorIn(line)).toBe(error);
});
