import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AwsError } from '../../../calls/errors.ts';
import { parsePolicy } from '../../../iam-policy/parse.ts';
import type { Invocation, InvocationResult } from '../../lambda/runtime/functions.ts';
import { callTrigger, type TriggerCall } from './call-trigger.ts';

const functionArn = 'arn:aws:lambda:us-east-1:111122223333:function:gate';
const trigger = { name: 'PreSignUp', functionArn, poolId: 'us-east-1_AbCdEfGhI' } as const;
const cognito = {
  Effect: 'Allow',
  Principal: { Service: 'cognito-idp.amazonaws.com' },
  Action: 'lambda:InvokeFunction',
  Resource: functionArn,
};

/** Runs the function, once per invocation. */
const invoke = vi.fn<() => Promise<InvocationResult>>();
/** How long a process takes to start, in milliseconds. */
let start = 0;

beforeEach(() => {
  vi.useFakeTimers();
  invoke.mockReset();
  start = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

/** Calls the trigger in an account whose function has a policy that allows Cognito to invoke it. */
function called() {
  const record = { policies: { '': { document: { Version: '2012-10-17', Statement: [cognito] } } } };
  return callTrigger(trigger, {}, {
    accountId: '111122223333',
    region: 'us-east-1',
    ids: { uuid: () => 'id' },
    functions: {
      async invoke({ onBegun }: Invocation) {
        if (start > 0) await new Promise((resolve) => setTimeout(resolve, start));
        onBegun?.();
        return invoke();
      },
    },
    weather: { seenBy: () => ({ get: () => record }) },
    callerPolicies: { compiled: parsePolicy },
  } as unknown as TriggerCall);
}

function returned(payload: string): InvocationResult {
  return { payload, executedVersion: '$LATEST', logTail: '' };
}

function never(): Promise<never> {
  return new Promise(() => {});
}

test('a trigger that takes longer than five seconds is invoked three times', async () => {
  invoke.mockImplementation(never);
  const refused = expect(called()).rejects.toMatchObject({
    code: 'UnexpectedLambdaException',
    message: 'PreSignUp invocation failed due to error Socket timeout while invoking Lambda function.',
  });
  await vi.advanceTimersByTimeAsync(14_999);
  expect(invoke).toHaveBeenCalledTimes(3);
  await vi.advanceTimersByTimeAsync(1);
  await refused;
});

test('a trigger that is slow once is invoked again, and its answer counts', async () => {
  invoke.mockImplementationOnce(never).mockResolvedValueOnce(returned('{"response":{"autoConfirmUser":true}}'));
  const response = expect(called()).resolves.toEqual({ autoConfirmUser: true });
  await vi.advanceTimersByTimeAsync(5_000);
  await response;
  expect(invoke).toHaveBeenCalledTimes(2);
});

test('the start of a process does not count', async () => {
  start = 20_000;
  invoke.mockResolvedValueOnce(returned('{"response":{}}'));
  const response = expect(called()).resolves.toEqual({});
  await vi.advanceTimersByTimeAsync(20_000);
  await response;
  expect(invoke).toHaveBeenCalledTimes(1);
});

test("the error names Lambda's answer", async () => {
  invoke.mockRejectedValue(new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429));
  await expect(called()).rejects.toMatchObject({
    code: 'UnexpectedLambdaException',
    message: 'PreSignUp invocation failed due to error TooManyRequestsException.',
  });
});

test.each(['null', '[]', '"yes"', '{}', '{"response":null}', '{"response":[]}', 'not JSON'])(
  'rejects %s, which is not an event',
  async (payload) => {
    invoke.mockResolvedValue(returned(payload));
    await expect(called()).rejects.toMatchObject({
      code: 'InvalidLambdaResponseException',
      message: 'Unrecognizable lambda output',
    });
  },
);
