import {
  GetAuthorizersCommand,
  GetRoutesCommand,
  UpdateAuthorizerCommand,
  UpdateRouteCommand,
} from '@aws-sdk/client-apigatewayv2';
import { expect, it } from 'vitest';
import { connect, refusalOf, statusOf } from './client.ts';
import { testApi } from './deployed-api.ts';
import { note } from './event-sink.ts';
import { signedHeaders } from './signed-headers.ts';

/** Answers as the token says. */
const authorizer = `${note}
exports.handler = async (event) => {
  await note({ ...event, authorizing: true });
  const policy = (Effect, Resource = event.methodArn) => ({
    principalId: 'ann',
    policyDocument: { Version: '2012-10-17', Statement: [{ Effect, Action: 'execute-api:Invoke', Resource }] },
    context: { username: 'Ann', age: 41, admin: false },
  });
  switch (event.queryStringParameters.token) {
    case 'allow': return policy('Allow');
    case 'wildcard': return policy('Allow', event.methodArn.replace(/[/]prod[/].*/, '/*'));
    case 'deny': return policy('Deny');
    case 'elsewhere': return policy('Allow', event.methodArn.replace('$connect', 'sendmessage'));
    case 'unauthorized': throw new Error('Unauthorized');
    case 'throws': throw new Error('anything');
    case 'throws text': throw 'anything';
    case 'ends': process.exit(1);
    case 'text': return 'Allow';
    case 'nested': return { ...policy('Allow'), context: { groups: ['a'] } };
    case 'long': return { ...policy('Allow'), context: { long: 'x'.repeat(7900) } };
    case 'longer': return { ...policy('Allow'), context: { long: 'x'.repeat(8192) } };
    case 'simple': return { isAuthorized: true };
  }
};`;

const { account, api } = await testApi();
await api.authorize(authorizer);

it.each([
  ['allow', 101],
  ['wildcard', 101],
  ['deny', 403],
  ['elsewhere', 403],
  ['unauthorized', 401],
  ['throws', 500],
  ['nested', 500],
  ['long', 101],
  ['longer', 500],
  ['simple', 500],
  ['nothing', 500],
])('answers %s with %i', async (token, status) => {
  expect(await statusOf(`${api.url}?token=${token}`)).toBe(status);
});

it.each([
  ['deny', 403, 'Forbidden'],
  ['unauthorized', 401, 'Unauthorized'],
  ['throws', 500, 'Internal server error'],
  ['ends', 500, 'Internal server error'],
  ['throws text', 500, 'Internal server error'],
  ['nested', 500, 'Internal server error'],
  ['simple', 500, 'Internal server error'],
  ['text', 500, 'Internal server error'],
])('answers %s in API Gateway’s own words, and reveals nothing about the function', async (token, status, message) => {
  const refusal = await refusalOf(`${api.url}?token=${token}`);
  const requestId = refusal.headers['x-amzn-requestid'];
  expect(requestId).toMatch(/=$/);
  expect([refusal.status, refusal.headers['content-type']]).toEqual([status, 'application/json']);
  expect(JSON.parse(refusal.body)).toEqual({ message, connectionId: expect.stringMatching(/=$/), requestId });
});

it('does not call the authorizer if the identity is missing', async () => {
  const before = (await api.events((event) => event.authorizing === true)).length;
  expect(await statusOf(api.url)).toBe(401);
  expect(await statusOf(`${api.url}?token=`)).toBe(401);
  expect(await api.events((event) => event.authorizing === true)).toHaveLength(before);
});

it('is called with the event that AWS documents, and its context is passed to every function', async () => {
  const guest = await connect(`${api.url}?token=allow&visit=1`, { headers: { 'User-Agent': 'a guest' } });
  guest.say({ action: 'echo', answer: { statusCode: 200, body: 'hello' } });
  await guest.next();
  await guest.leave();
  const [asked] = await api.events((event) => event.authorizing === true && JSON.stringify(event).includes('visit'));
  const host = `${api.apiId}.execute-api.us-east-1.amazonaws.com`;
  expect(asked).toMatchObject({
    type: 'REQUEST',
    methodArn: `arn:aws:execute-api:us-east-1:111122223333:${api.apiId}/prod/$connect`,
    headers: { Host: host, 'User-Agent': 'a guest' },
    multiValueHeaders: { Host: [host] },
    queryStringParameters: { token: 'allow', visit: '1' },
    multiValueQueryStringParameters: { token: ['allow'], visit: ['1'] },
    stageVariables: {},
    requestContext: { routeKey: '$connect', eventType: 'CONNECT', stage: 'prod', apiId: api.apiId, domainName: host },
  });
  const { connectionId } = asked?.requestContext ?? {};
  const events = await api.events(
    (event) => event.authorizing !== true && event.requestContext.connectionId === connectionId,
    3,
  );
  const [{ integrationLatency } = { integrationLatency: 0 }] = events.map(
    ({ requestContext }) => requestContext.authorizer as { integrationLatency: number },
  );
  expect(integrationLatency).toEqual(expect.any(Number));
  for (const { requestContext } of events) {
    expect(requestContext.authorizer).toEqual({
      principalId: 'ann',
      username: 'Ann',
      age: '41',
      admin: 'false',
      integrationLatency,
    });
  }
});

it('finds the identity in headers, ignoring case', async () => {
  const { Items = [] } = await api.apigateway.send(new GetAuthorizersCommand({ ApiId: api.apiId }));
  const AuthorizerId = Items[0]?.AuthorizerId;
  const update = (IdentitySource: string[]) =>
    api.apigateway.send(new UpdateAuthorizerCommand({ ApiId: api.apiId, AuthorizerId, IdentitySource }));
  await update(['route.request.header.X-Token', 'context.identity.sourceIp']);
  expect(await statusOf(`${api.url}?token=allow`)).toBe(401);
  const guest = await connect(`${api.url}?token=allow`, { headers: { 'x-token': 't' } });
  await guest.leave();
  await update(['route.request.querystring.token']);
});

it('is off again when the route says NONE, and only signed requests are accepted with AWS_IAM', async () => {
  const { Items = [] } = await api.apigateway.send(new GetRoutesCommand({ ApiId: api.apiId }));
  const RouteId = Items.find((route) => route.RouteKey === '$connect')?.RouteId;
  const update = (AuthorizationType: 'NONE' | 'AWS_IAM') =>
    api.apigateway.send(new UpdateRouteCommand({ ApiId: api.apiId, RouteId, AuthorizationType }));
  await update('NONE');
  expect(await statusOf(api.url)).toBe(101);
  await update('AWS_IAM');
  expect(await statusOf(api.url)).toBe(403);
  const headers = await signedHeaders(api.url, account.client);
  const guest = await connect(api.url, { headers: { ...headers, 'User-Agent': 'signed in' } });
  await guest.leave();
  const [connected] = await api.events((event) => event.headers?.['User-Agent'] === 'signed in');
  expect(connected?.requestContext.identity).toMatchObject({
    accountId: '111122223333',
    userArn: 'arn:aws:iam::111122223333:user/administrator',
  });
  const forged = {
    ...headers,
    authorization: (headers.authorization ?? '').replace(/.$/, (last) => (last === '0' ? '1' : '0')),
  };
  await expect(connect(api.url, { headers: forged })).rejects.toMatchObject({ status: 403 });
});
