import type { PreSignUpTriggerEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { handler } from './pre-sign-up.ts';

function event(email?: string): PreSignUpTriggerEvent {
  return {
    version: '1',
    region: 'us-east-1',
    userPoolId: 'us-east-1_AbCdEfGhI',
    userName: 'grace',
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'client' },
    triggerSource: 'PreSignUp_SignUp',
    request: { userAttributes: email === undefined ? {} : { email } },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  };
}

test.each(['grace@unicorn.example', 'GRACE@UNICORN.EXAMPLE', 'g.h+chat@Unicorn.Example'])(
  'accepts %s, who still has to confirm',
  async (email) => {
    expect(await handler(event(email))).toEqual(event(email));
  },
);

test.each([
  'mallory@freemail.example',
  'MALLORY@FREEMAIL.EXAMPLE',
  'mallory@unicorn.example.evil.example',
  'mallory@notunicorn.example',
  'mallory@mail.unicorn.example',
  'unicorn.example@evil.example',
  'grace@unicorn.example@evil.example',
  'grace@unicorn.example.',
  'unicorn.example',
  '@',
  '',
  undefined,
])('refuses %s', async (email) => {
  await expect(handler(event(email))).rejects.toThrow(
    /^Only employees with an address at unicorn\.example can have an account$/,
  );
});
