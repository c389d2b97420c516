import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { UpdateRouteCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { connect } from '../execute-api/client.ts';
import { allow, deployApi, testApi } from '../execute-api/deployed-api.ts';
import { signedHeaders } from '../execute-api/signed-headers.ts';
import { assume, makeRole, makeUser, permit } from './callers.ts';

const manage = 'execute-api:ManageConnections';

const { account, api } = await testApi();

const arn = (path: string) => `arn:aws:execute-api:us-east-1:111122223333:${api.apiId}/${path}`;
const endpoint = () => api.url.replace('ws:', 'http:');

async function enter(userAgent: string) {
  const guest = await connect(api.url, { headers: { 'User-Agent': userAgent } });
  const [event] = await api.events(({ headers }) => headers?.['User-Agent'] === userAgent);
  return { guest, ConnectionId: String(event?.requestContext.connectionId) };
}

test('connections are managed by method, by connection, and by API', async () => {
  const user = await makeUser(account, 'poster', [{ Action: manage, Resource: arn('prod/POST/@connections/*') }]);
  const management = new ApiGatewayManagementApiClient({ ...user, endpoint: endpoint() });
  const [one, other] = [await enter('one'), await enter('other')];
  const post = (ConnectionId: string) => management.send(new PostToConnectionCommand({ ConnectionId, Data: 'hi' }));
  await post(one.ConnectionId);
  for (const command of [GetConnectionCommand, DeleteConnectionCommand]) {
    await expect(management.send(new command({ ConnectionId: one.ConnectionId }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  }
  await permit(account, 'poster', { Action: manage, Resource: arn(`*/*/@connections/${one.ConnectionId}`) });
  await post(one.ConnectionId);
  await management.send(new GetConnectionCommand({ ConnectionId: one.ConnectionId }));
  await expect(post(other.ConnectionId)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await permit(account, 'poster', { Action: manage, Resource: arn('*').replace(api.apiId, 'another0') });
  await expect(post(one.ConnectionId)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await permit(account, 'poster', { Action: 'execute-api:Invoke' });
  await expect(post(one.ConnectionId)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  for (const { guest } of [one, other]) await guest.leave();
});

test('the denial masks account and connection', async () => {
  const role = await makeRole(account, 'stranger', []);
  const management = new ApiGatewayManagementApiClient({
    ...(await assume(account.client, role)),
    endpoint: endpoint(),
  });
  const refused = management.send(new PostToConnectionCommand({ ConnectionId: 'L0SM9cOFvHcCIhw=', Data: 'hi' }));
  await expect(refused).rejects.toMatchObject({
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 403 },
    message: `User: arn:aws:sts::111122223333:assumed-role/stranger/session is not authorized to perform: ${manage} on resource: arn:aws:execute-api:us-east-1:********3333:${api.apiId}/prod/POST/@connections/{connectionId}`,
  });
});

test('if $connect requires AWS_IAM, connecting needs execute-api:Invoke on it', async () => {
  const own = await deployApi(account, { AutoDeploy: true }, []);
  const RouteId = await own.route('$connect');
  await own.apigateway.send(new UpdateRouteCommand({ ApiId: own.apiId, RouteId, AuthorizationType: 'AWS_IAM' }));
  const Resource = `arn:aws:execute-api:us-east-1:111122223333:${own.apiId}/prod/$connect`;
  const user = await makeUser(account, 'guest');
  const headers = await signedHeaders(own.url, user);
  const refused = connect(own.url, { headers });
  await expect(refused).rejects.toMatchObject({
    status: 403,
    body: expect.stringContaining(
      `is not authorized to perform: execute-api:Invoke on resource: ${Resource.replace('11112222', '********')}"`,
    ),
  });
  await permit(account, 'guest', { Action: 'execute-api:Invoke', Resource });
  await (await connect(own.url, { headers })).leave();
  await permit(account, 'guest', { Action: 'execute-api:Invoke', Resource }, { Effect: 'Deny', Resource });
  await expect(connect(own.url, { headers })).rejects.toMatchObject({
    status: 403,
    body: expect.stringContaining(' with an explicit deny"'),
  });
  await own.clean();
});

const sender = `
const { ApiGatewayManagementApiClient, PostToConnectionCommand } = require('@aws-sdk/client-apigatewaymanagementapi');
exports.handler = async ({ body, requestContext: { apiId, stage, connectionId } }) => {
  if (body === undefined) return { statusCode: 200 };
  const endpoint = 'https://' + apiId + '.execute-api.us-east-1.amazonaws.com/' + stage;
  const client = new ApiGatewayManagementApiClient({ endpoint });
  await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'you said ' + body }));
  return { statusCode: 200 };
};`;

test('a function whose role is missing the permission fails and logs the reason, and the client learns nothing more', async () => {
  const own = await deployApi(account);
  const FunctionName = own.functionArn.split(':').at(-1) ?? '';
  const ZipFile = zipSync({ 'index.js': strToU8(sender) });
  await new LambdaClient(account.client).send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
  const RoleName = `functions-of-${own.apiId}`;
  const logging = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
  await allow(account, RoleName, { Action: logging, Resource: '*' });
  const guest = await connect(own.url);
  guest.say('hello');
  expect(JSON.parse(await guest.next())).toMatchObject({ message: 'Internal server error' });
  const line = `AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/${RoleName}/${FunctionName} is not authorized to perform: ${manage} on resource: arn:aws:execute-api:us-east-1:********3333:${own.apiId}/prod/POST/@connections/{connectionId}`;
  expect(await logOf(FunctionName)).toContain(line);
  const Resource = `arn:aws:execute-api:us-east-1:111122223333:${own.apiId}/*/*/@connections/*`;
  await allow(account, RoleName, { Action: manage, Resource });
  guest.say('hello');
  expect(await guest.next()).toBe('you said hello');
  // The role may no longer write logs, so nothing was added.
  expect((await logOf(FunctionName)).match(/START RequestId/g)).toHaveLength(2);
  await guest.leave();
  await own.clean();
});

async function logOf(name: string): Promise<string> {
  const { events = [] } = await new CloudWatchLogsClient(account.client).send(
    new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}` }),
  );
  return events.map(({ message }) => message).join('\n');
}
