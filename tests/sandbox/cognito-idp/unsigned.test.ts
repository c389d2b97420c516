import { once } from 'node:events';
import { request } from 'node:http';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';

const account = await testAccount();

const user = { USERNAME: 'una', PASSWORD: 'Sparkle-1-horn' };

/** A pool in a region with a client and a user; returns the client's id. */
async function pool(region: string): Promise<string> {
  const cognito = new CognitoIdentityProviderClient({ ...account.client, region });
  const UserPoolId = (await cognito.send(new CreateUserPoolCommand({ PoolName: 'room' }))).UserPool?.Id;
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'page',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
  const Username = user.USERNAME;
  await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: 'SUPPRESS' }));
  await cognito.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: user.PASSWORD, Permanent: true }),
  );
  return UserPoolClient?.ClientId ?? '';
}

/** A call as a page makes it: one unsigned POST. */
async function call(operation: string, input: object, host = `127.0.0.1:${account.port}`) {
  const headers = {
    host,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
  };
  const asked = request({ host: '127.0.0.1', port: account.port, method: 'POST', path: '/', headers });
  asked.end(JSON.stringify(input));
  const [response] = await once(asked, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
}

const signIn = (ClientId: string) => ({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: user });

test('a call without a signature finds its pool by the client and by the access token, in any region', async () => {
  for (const region of ['us-east-1', 'eu-west-1']) {
    const answer = await call('InitiateAuth', signIn(await pool(region)));
    expect(answer.status).toBe(200);
    const { AccessToken } = answer.body.AuthenticationResult;
    const { body } = await call('GetUser', { AccessToken });
    expect(body.Username).toBe('una');
  }
});

test('the address names the region', async () => {
  const input = signIn(await pool('eu-west-1'));
  expect((await call('InitiateAuth', input, 'cognito-idp.eu-west-1.amazonaws.com')).status).toBe(200);
  const elsewhere = await call('InitiateAuth', input, 'cognito-idp.us-east-1.amazonaws.com');
  expect(elsewhere).toMatchObject({
    status: 400,
    body: { __type: 'ResourceNotFoundException', message: `User pool client ${input.ClientId} does not exist.` },
  });
});

test('requests with a missing or unknown client are rejected as AWS does', async () => {
  const ClientId = 'abcdefghijklmnopqrstuvwxyz';
  expect(await call('InitiateAuth', signIn(ClientId))).toMatchObject({
    status: 400,
    body: { __type: 'ResourceNotFoundException', message: `User pool client ${ClientId} does not exist.` },
  });
  const { AuthFlow } = signIn(ClientId);
  expect(await call('InitiateAuth', { AuthFlow })).toMatchObject({ body: { __type: 'InvalidParameterException' } });
  expect(await call('GetUser', { AccessToken: 'a.b.c' })).toMatchObject({ body: { __type: 'NotAuthorizedException' } });
});

test('all other operations need a signature', async () => {
  const { body } = await call('ListUserPools', { MaxResults: 1 });
  expect(body.__type).toBe('MissingAuthenticationTokenException');
});

test('a signed call works too, and needs no permission', async () => {
  const iam = new IAMClient(account.client);
  await iam.send(new CreateUserCommand({ UserName: 'nobody' }));
  const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName: 'nobody' }));
  const credentials = { accessKeyId: key?.AccessKeyId ?? '', secretAccessKey: key?.SecretAccessKey ?? '' };
  const region = 'us-east-1';
  const signing = new CognitoIdentityProviderClient({
    ...account.client,
    credentials,
    // The SDK doesn't sign calls like these on its own.
    httpAuthSchemeProvider: () => [
      {
        schemeId: 'aws.auth#sigv4',
        signingProperties: { name: 'cognito-idp', region },
        propertiesExtractor: (config: object, context: object) => ({ signingProperties: { config, context } }),
      },
    ],
  });
  const ClientId = await pool(region);
  const signIn = new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: user });
  expect((await signing.send(signIn)).AuthenticationResult?.IdToken).toBeDefined();
  await expect(signing.send(new ListUserPoolsCommand({ MaxResults: 1 }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('user/nobody is not authorized'),
  });
});
