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

test("shows no places in Node.js, in Lambda's runtime, or in packages", () => {
  const stack = [
    'TypeError: no',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
    '    at async /var/runtime/node_modules/@aws-sdk/client-dynamodb/dist-cjs/index.js:1:2',
    '    at client (C:\\lab\\dist\\node_modules\\clients.js:3:4)',
    '    at Runtime.handleOnceNonStreaming (file:///var/runtime/index.mjs:1206:29)',
    '    at async Runtime.handler (/var/task/index.js:5:6)',
  ];
  const error = JSON.stringify({ errorType: 'TypeError', errorMessage: 'no', stack });
  expect(thrown(`x\ty\tERROR\tInvoke Error \t${error}`)).toEqual(['x y ERROR TypeError: no', stack.at(-1)]);
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
