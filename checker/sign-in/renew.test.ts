import { expect, test } from 'vitest';
import type { Subject } from '../checking/check.ts';
import { renew } from './renew.ts';

const client = { poolId: 'us-east-1_a', clientId: 'c', flows: [] };

/** Renews a token at a Cognito that gives these answers in turn. */
async function renewed(answers: readonly unknown[], signInClient: Parameters<typeof renew>[1] = client) {
  const left = [...answers];
  const inputs: unknown[] = [];
  const send = async ({ input }: { readonly input: unknown }) => {
    inputs.push(input);
    const answer = left.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const clients = { cognito: async () => ({ send }) };
  const subject = { target: { clients } } as unknown as Pick<Subject, 'target'>;
  const result = await renew(subject, signInClient, 'ada', { refresh: 'r' });
  return { result, inputs };
}

const tokens = { AuthenticationResult: { IdToken: 'new' } };
const named = (name: string) => Object.assign(new Error('the reason'), { name });

test('gets a new ID token for the refresh token, as the page does', async () => {
  const { result, inputs } = await renewed([tokens]);
  expect(result).toEqual({ id: 'new' });
  expect(inputs).toEqual([{ AuthFlow: 'REFRESH_TOKEN_AUTH', ClientId: 'c', AuthParameters: { REFRESH_TOKEN: 'r' } }]);
});

test("hashes the user's name for a client with a secret", async () => {
  const { inputs } = await renewed([tokens], { ...client, clientSecret: 's' });
  expect(inputs).toEqual([
    expect.objectContaining({ AuthParameters: { REFRESH_TOKEN: 'r', SECRET_HASH: expect.any(String) } }),
  ]);
});

test.each(['InvalidParameterException', 'NotAuthorizedException', 'UserLambdaValidationException'])(
  '%s is an answer',
  async (name) => {
    const { result, inputs } = await renewed([named(name), tokens]);
    expect(result).toEqual({ refused: `${name}: the reason` });
    expect(inputs).toHaveLength(1);
  },
);

test.each(['UnexpectedLambdaException', 'InvalidLambdaResponseException'])(
  '%s is an answer if a second attempt fails, too',
  async (name) => {
    expect((await renewed([named(name), tokens])).result).toEqual({ id: 'new' });
    expect((await renewed([named(name), named(name), tokens])).result).toEqual({ refused: `${name}: the reason` });
  },
);

test('other errors say nothing about the room', async () => {
  await expect(renewed([named('TooManyRequestsException')])).rejects.toThrow('the reason');
  await expect(renewed([named('UnexpectedLambdaException'), named('TooManyRequestsException')])).rejects.toThrow();
});

test('a challenge is no token', async () => {
  const { result } = await renewed([{ ChallengeName: 'NEW_PASSWORD_REQUIRED' }]);
  expect(result).toEqual({ refused: 'Cognito asked for more: NEW_PASSWORD_REQUIRED' });
});
