import { expect, test } from 'vitest';
import { errorIn, thrown, thrownAt } from './thrown.ts';

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

test.each(['Init Error', 'Uncaught Exception', 'Unhandled Promise Rejection'])(
  'so is an error that ended the process: %s',
  (kind) => {
    const error = JSON.stringify({ errorType: 'Error', errorMessage: 'no', stack: ['Error: no', '    at x (a.js:1)'] });
    expect(thrown(`x\t-\tERROR\t${kind} \t${error}`)).toEqual(['x - ERROR Error: no', '    at x (a.js:1)']);
  },
);

test("shows no places in Node.js, in Lambda's runtime, or in packages", () => {
  const stack = [
    'TypeError: no',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
    '    at async /var/runtime/node_modules/@aws-sdk/client-dynamodb/dist-cjs/index.js:1:2',
    '    at client (C:\\lab\\dist\\node_modules\\clients.js:3:4)',
    '    at Runtime.handleOnceNonStreaming (file:///var/runtime/index.mjs:1206:29)',
    '    at JSON.parse (<anonymous>)',
    '    at verify (node_modules/aws-jwt-verify/dist/esm/jwt.js:1:2)',
    '    at load (/home/ada/websocket-lab/sandbox/services/lambda/runtime/handler.cjs:46:74)',
    '    at async Runtime.handler (/var/task/index.js:5:6)',
  ];
  const error = JSON.stringify({ errorType: 'TypeError', errorMessage: 'no', stack });
  expect(thrown(`x\ty\tERROR\tInvoke Error \t${error}`)).toEqual(['x y ERROR TypeError: no', stack.at(-1)]);
});

test('frames of packages are left out, before and after places are replaced', () => {
  const frames = [
    'at send (/var/runtime/node_modules/@aws-sdk/client/dist-cjs/index.js:388:20)',
    'at async Promise.all (index 0)',
    'at verify (/var/task/index.js:2:1)',
    'at handler (/var/task/index.js:1:1)',
  ].map((frame) => `    ${frame}`);
  const error = JSON.stringify({ errorType: 'Error', errorMessage: 'no\nway', stack: ['Error: no', ...frames] });
  const inOwn = (frame: string) =>
    frame.replace(/\S*index.js:(\d).*/, (_, at) => (at === '1' ? 'app/a.ts:7:8)' : 'node_modules/b.js:9:1)'));
  expect(thrown(`x\ty\tERROR\tInvoke Error \t${error}`, inOwn)).toEqual([
    'x y ERROR Error: no',
    'way',
    '    at handler app/a.ts:7:8)',
  ]);
});

test('frames that are innocent are left out, unless all are', () => {
  const stack = ['Error: no', '    at allRows (a.ts:1:2)', '    at handler (b.ts:3:4)'];
  const line = `x\ty\tERROR\tInvoke Error \t${JSON.stringify({ errorType: 'Error', errorMessage: 'no', stack })}`;
  const places = (isInnocent: (frame: string) => boolean) => thrown(line, undefined, isInnocent).slice(1);
  expect(places((frame) => frame.includes('allRows'))).toEqual(['    at handler (b.ts:3:4)']);
  expect(places(() => true)).toEqual(stack.slice(1));
});

test.each(['2026-11-24T02:42:34.158Z\tf4f9107f\tINFO\thello', 'x\tERROR\tInvoke Error \t{"cut off'])(
  '%j stays',
  (line) => {
    expect(thrown(line)).toEqual([line]);
  },
);

test.each([
  ['a x ERROR Runtime.UserCodeSyntaxError: no', 'Runtime.UserCodeSyntaxError: no'],
  ['a x ERROR TypeError: no', 'TypeError: no'],
  [JSON.stringify({ level: 'ERROR', message: { errorType: 'Error', errorMessage: 'no' } }), 'Error: no'],
  ['a\tx\tERROR\tTypeError: caught', undefined],
  ['    at one (a.js:1)', undefined],
])('%j has the error %j', (line, error) => {
  expect(errorIn(line)).toBe(error);
});

const log = (...lines: string[]) => [{ source: 'log', lines }];

test.each([
  [
    'the first line of the last error',
    [
      'x ERROR Error: no',
      '    at a (labs/01-x/stack.ts:1:2)',
      'y ERROR Error: yes',
      '    at async b (app/functions/room.ts:3:4)',
      '    at c (labs/01-x/functions/c.ts:5:6)',
    ],
    { file: 'app/functions/room.ts', line: 3 },
  ],
  [
    'an anonymous function',
    ['x ERROR Error: no', '    at labs/01-x/functions/a.ts:1:2'],
    { file: 'labs/01-x/functions/a.ts', line: 1 },
  ],
  ['a place in the bundle', ['x ERROR Error: no', '    at a (/var/task/index.js:1:2)'], undefined],
  ['a call that AWS denied', ['x ERROR AccessDeniedException: no', '    at a (app/functions/room.ts:3:4)'], undefined],
  [
    'an error without a place after one with',
    ['x ERROR TypeError: no', '    at a (app/functions/room.ts:3:4)', 'y ERROR Error: no'],
    undefined,
  ],
  [
    'an error by its name only',
    ['TypeError: no', '    at a (app/functions/room.ts:3:4)'],
    { file: 'app/functions/room.ts', line: 3 },
  ],
  [
    'a table that is gone',
    ['x ERROR ResourceNotFoundException: no', '    at a (app/functions/room.ts:3:4)'],
    undefined,
  ],
  [
    "a pool's id that isn't one",
    [
      'x ERROR ParameterValidationError: Invalid Cognito User Pool ID: arn:aws:x',
      '    at a (app/functions/door.ts:3:4)',
    ],
    undefined,
  ],
  ['no error', ['hello'], undefined],
])('where an error was thrown: %s', (_, lines, place) => {
  expect(thrownAt(log(...lines))).toEqual(place);
});

test('where a call was denied that nothing should grant', () => {
  const lines = ['x ERROR AccessDeniedException: no', '    at a (app/functions/room.ts:3:4)'];
  expect(thrownAt(log(...lines), { evenIfDenied: true })).toEqual({ file: 'app/functions/room.ts', line: 3 });
});
