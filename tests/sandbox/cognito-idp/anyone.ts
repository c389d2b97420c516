import {
  AdminSetUserPasswordCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { TestAccount } from '../../account.ts';
import { password, type TestPool } from './pool.ts';

/** Cognito's answer, or its error. */
export interface Answer {
  readonly __type?: string;
  readonly message?: string;
  readonly ChallengeParameters?: Readonly<Record<string, string>>;
  readonly AuthenticationResult?: {
    readonly AccessToken: string;
    readonly IdToken: string;
    readonly RefreshToken: string;
  };
}

/** Calls the way anyone can: without an SDK client that validates them first, and unsigned. */
export function anyoneAt(account: TestAccount, idp: CognitoIdentityProviderClient, room: TestPool) {
  async function post(operation: string, input: object): Promise<Answer> {
    const response = await fetch(account.url, {
      method: 'POST',
      headers: { 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` },
      body: JSON.stringify(input),
    });
    return (await response.json()) as Answer;
  }

  function signUp(Username: string, { clientId: ClientId } = room, more: object = {}) {
    return post('SignUp', { ClientId, Username, Password: password, ...more });
  }

  function signIn(USERNAME: string, { clientId: ClientId } = room) {
    const AuthParameters = { USERNAME, PASSWORD: password };
    return post('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
  }

  return {
    post,
    signUp,
    signIn,
    /** A user who may sign in: an administrator has confirmed them. */
    async createUser(Username: string, pool = room) {
      await signUp(Username, pool);
      await idp.send(
        new AdminSetUserPasswordCommand({ UserPoolId: pool.poolId, Username, Password: password, Permanent: true }),
      );
    },
    async tokensOf(username: string, pool = room) {
      const { AuthenticationResult } = await signIn(username, pool);
      if (AuthenticationResult === undefined) throw new Error(`${username} could not sign in.`);
      return AuthenticationResult;
    },
    refresh(REFRESH_TOKEN: string, { clientId: ClientId } = room) {
      return post('InitiateAuth', { ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } });
    },
  };
}
