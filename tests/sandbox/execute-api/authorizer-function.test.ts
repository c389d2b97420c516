import {
  CreateStageCommand,
  GetAuthorizersCommand,
  GetRoutesCommand,
  UpdateAuthorizerCommand,
  type UpdateAuthorizerCommandInput,
  UpdateRouteCommand,
} from '@aws-sdk/client-apigatewayv2';
import {
  AddPermissionCommand,
  DeleteFunctionCommand,
  LambdaClient,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda';
import { expect, it } from 'vitest';
import { sign } from '../sigv4/sign.ts';
import { statusOf } from './client.ts';
import { allow, createRole, deployApi, testApi } from './deployed-api.ts';

/** Returns what the query says, with the ARN it was asked about instead of `here`. */
const authorizer = `
exports.handler = async (event) => {
  const { answer } = event.queryStringParameters;
  return answer === undefined ? undefined : JSON.parse(answer.replaceAll('here', event.methodArn));
};`;

const statement = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'here' };
const whole = { principalId: 'ann', policyDocument: { Version: '2012-10-17', Statement: [statement] } };

const { account, api } = await testApi();
const lambda = new LambdaClient(account.client);
await api.authorize(authorizer);

const answering = (answer: unknown, url = api.url) =>
  `${url}?token=t&answer=${encodeURIComponent(JSON.stringify(answer))}`;

async function update(change: Partial<UpdateAuthorizerCommandInput>, of = api): Promise<void> {
  const { Items = [] } = await of.apigateway.send(new GetAuthorizersCommand({ ApiId: of.apiId }));
  const AuthorizerId = Items[0]?.AuthorizerId;
  await of.apigateway.send(new UpdateAuthorizerCommand({ ApiId: of.apiId, AuthorizerId, ...change }));
}

const policy = (...Statement: unknown[]) => ({ ...whole, policyDocument: { Version: '2012-10-17', Statement } });
const answers: ReadonlyArray<readonly [string, unknown, number]> = [
  ['all that is asked for', whole, 101],
  ['a context without anything', { ...whole, context: {} }, 101],
  ['a context that is null', { ...whole, context: null }, 101],
  ['a context with names that every object has', { ...whole, context: { constructor: 'x', __proto__x: 1 } }, 101],
  ['a list in the context', { ...whole, context: { groups: ['a'] } }, 500],
  ['an object in the context', { ...whole, context: { user: { name: 'ann' } } }, 500],
  ['a text for the context', { ...whole, context: 'ann' }, 500],
  ['no principal', { policyDocument: whole.policyDocument }, 500],
  ['a number for the principal', { ...whole, principalId: 7 }, 500],
  ['no policy', { principalId: 'ann' }, 500],
  ['a policy as a text', { ...whole, policyDocument: JSON.stringify(whole.policyDocument) }, 500],
  ['a policy without statements', { ...whole, policyDocument: { Version: '2012-10-17' } }, 500],
  ['a policy of null', policy(null), 500],
  ['an invalid effect', policy({ ...statement, Effect: 'allow' }), 500],
  ['an invalid resource', policy({ ...statement, Resource: 7 }), 500],
  ['invalid conditions', policy({ ...statement, Condition: [null, 7] }), 403],
  ['a deny for everything', policy(statement, { ...statement, Effect: 'Deny', Action: '*', Resource: '*' }), 403],
  ['another action', policy({ ...statement, Action: 'execute-api:ManageConnections' }), 403],
  ['another stage', policy({ ...statement, Resource: 'arn:aws:execute-api:*:*:*/dev/$connect' }), 403],
  ['null', null, 500],
  ['a text', 'yes', 500],
  ['a list', [whole], 500],
];
it.each(answers)('evaluates an answer with %s', async (_what, answer, status) => {
  expect(await statusOf(answering(answer))).toBe(status);
});

it('is called only if the whole identity is present: in the query, the stage and the request', async () => {
  const StageVariables = { tenant: 'herd' };
  await api.apigateway.send(
    new CreateStageCommand({ ApiId: api.apiId, StageName: 'of-herd', AutoDeploy: true, StageVariables }),
  );
  const url = api.url.replace(/prod$/, 'of-herd');
  const all = ['route.request.querystring.token', 'stageVariables.tenant', 'context.identity.sourceIp'];
  await update({ IdentitySource: all });
  expect(await statusOf(answering(whole, url))).toBe(101);
  expect(await statusOf(answering(whole, url).replace('token=t&', ''))).toBe(401);
  // This stage has no variables.
  expect(await statusOf(answering(whole))).toBe(401);
  for (const source of ['context.constructor', 'context.identity.toString', 'context.nothing.at.all']) {
    await update({ IdentitySource: [source] });
    expect(await statusOf(answering(whole)), source).toBe(401);
  }
  await update({ IdentitySource: [] });
  expect(await statusOf(answering(whole).replace('token=t&', ''))).toBe(101);
});

it('calls a function that allows API Gateway for this authorizer, or with a role that may', async () => {
  const own = await deployApi(account);
  await own.authorize(authorizer);
  const FunctionName = `authorizer-${own.apiId}`;
  const permission = { FunctionName, StatementId: 'apigateway' };
  const permit = (path: string) =>
    lambda.send(
      new AddPermissionCommand({
        ...permission,
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        SourceArn: `arn:aws:execute-api:us-east-1:111122223333:${own.apiId}/${path}`,
      }),
    );
  const status = () => statusOf(answering(whole, own.url));
  expect(await status()).toBe(101);
  await lambda.send(new RemovePermissionCommand(permission));
  expect(await status()).toBe(500);
  // A permission for a route does not cover an authorizer.
  await permit('*/$connect');
  expect(await status()).toBe(500);
  await lambda.send(new RemovePermissionCommand(permission));
  const AuthorizerCredentialsArn = await createRole(account, 'asks');
  await update({ AuthorizerCredentialsArn }, own);
  expect(await status()).toBe(500);
  const functionArn = own.functionArn.replace(/function:.*/, `function:${FunctionName}`);
  await allow(account, 'asks', { Action: 'lambda:InvokeFunction', Resource: functionArn });
  expect(await status()).toBe(101);
  await lambda.send(new DeleteFunctionCommand({ FunctionName }));
  expect(await status()).toBe(500);
  await own.clean();
});

/** An address with a signature in its query, which is where browsers can put one. */
function presigned(url: string, date: Date): string {
  const { host, pathname } = new URL(url);
  const { credentials } = account.client;
  const stamp = date.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${credentials.accessKeyId}/${stamp.slice(0, 8)}/us-east-1/execute-api/aws4_request`,
    'X-Amz-Date': stamp,
    'X-Amz-Expires': '300',
    'X-Amz-SignedHeaders': 'host',
  });
  const path = `${pathname}?${query}`;
  const { signature } = sign({
    method: 'GET',
    path,
    service: 'execute-api',
    credentials,
    signed: ['host'],
    date,
    host,
  });
  return `ws://${host}${path}&X-Amz-Signature=${signature}`;
}

it('accepts signed addresses if $connect requires AWS_IAM', async () => {
  const own = await deployApi(account);
  const { Items = [] } = await own.apigateway.send(new GetRoutesCommand({ ApiId: own.apiId }));
  const RouteId = Items.find(({ RouteKey }) => RouteKey === '$connect')?.RouteId;
  await own.apigateway.send(new UpdateRouteCommand({ ApiId: own.apiId, RouteId, AuthorizationType: 'AWS_IAM' }));
  const good = presigned(own.url, new Date());
  expect(await statusOf(good)).toBe(101);
  const refused = [
    own.url,
    good.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    good.replace('X-Amz-Expires=300', 'X-Amz-Expires=3000'),
    `${good}&name=somebody-else`,
    good.replace('SignedHeaders=host', 'SignedHeaders=constructor'),
    presigned(own.url, new Date(Date.now() - 301_000)),
  ];
  for (const url of refused) expect(await statusOf(url), url).toBe(403);
  await own.clean();
});
