import type { STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { LabError } from '../failures/errors.ts';
import { signIn } from './sign-in.ts';

const answering = (answer: object) => ({ send: async () => answer }) as unknown as STSClient;

test('takes the caller from STS', async () => {
  const sts = answering({ Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/ada' });
  expect(await signIn(sts, 'AWS', undefined)).toEqual({
    account: '111122223333',
    caller: 'arn:aws:iam::111122223333:user/ada',
  });
});

test('an answer without an account is not from AWS', async () => {
  const refusal = await signIn(answering({}), 'AWS in eu-central-1', undefined).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(LabError);
  expect(refusal).toMatchObject({ message: expect.stringContaining('Something else answered'), exitCode: 3 });
});
