import { expect, test } from 'vitest';
import { isOfRequest } from './invocations.ts';

const invocation = '5a1d3f0e-6f0b-4d3c-9f47-0c8f2a7be101';
const gateway = 'L0SM9cOFvHcCIhw=';

test.each([
  ["the invocation's own id", invocation, { requestId: invocation, text: 'hello' }, true],
  ['an id that the function logged', gateway, { requestId: invocation, text: `{"requestId":"${gateway}"}` }, true],
  ['an id in a START line', invocation, { text: `START RequestId: ${invocation} Version: $LATEST` }, true],
  ['an id after its name', gateway, { text: `failed requestId=${gateway}` }, true],
  ["the invocation's id after a name", invocation, { text: `id=${invocation}, failed` }, true],
  ['the beginning of an id', invocation.slice(0, 8), { requestId: invocation, text: invocation }, false],
  ['the end of an id', gateway.slice(4), { text: gateway }, false],
  ['another word', 'START', { requestId: invocation, text: `START RequestId: ${invocation}` }, false],
  ['a word of an error', 'nope', { requestId: invocation, text: 'Error: nope' }, false],
])('a log line is found by request ids only: %s', (_, id, line, is) => {
  expect(isOfRequest(line, new Set([id]))).toBe(is);
});
