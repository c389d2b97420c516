import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DeleteRouteCommand,
  GetIntegrationsCommand,
  UpdateApiCommand,
  UpdateIntegrationCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { DeleteRolePolicyCommand, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { DeleteFunctionConcurrencyCommand, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { beforeAll, expect, test } from 'vitest';
import type { StackResource, Subject } from '../../checker/checking/check.ts';
import { observeTampering } from '../../checker/checking/drift.ts';
import { openSubject } from '../../checker/checking/subject.ts';
import { resultOf, testLab } from './learned-lab.ts';

// States of lab 1's room that are easily confused. Each test leaves the room in the state that the next one needs.

const { signal } = new AbortController();

const room = await testLab('01');
const workshop = await room.layOut('solution');
let made: StackResource[];

beforeAll(async () => {
  await room.deploy(workshop);
  made = await room.stackResources();
}, 180_000);

function idOf(type: string, logicalId = /./): string {
  return made.find((each) => each.type === type && logicalId.test(each.logicalId))?.physicalId ?? '';
}

const apiId = () => idOf('AWS::ApiGatewayV2::Api');
const gateway = () => room.target.clients.apigateway();

/** The line in stack.ts that creates a construct. */
async function lineOf(id: string): Promise<number> {
  const lines = (await readFile(join(room.folderOf(workshop), 'stack.ts'), 'utf8')).split('\n');
  return lines.findIndex((line) => line.includes(`'${id}'`)) + 1;
}

type Naming = (resource: StackResource, account: string, index: number) => string;

test.each<[string, Naming]>([
  [
    'joined with what a resource belongs to',
    ({ type, physicalId }) => (/Route$|Integration$|Permission$/.test(type) ? `parent|${physicalId}` : physicalId),
  ],
  [
    'as ARNs',
    ({ type, physicalId }, account) => {
      if (type === 'AWS::Lambda::Function') return `arn:aws:lambda:us-east-1:${account}:function:${physicalId}`;
      return type === 'AWS::DynamoDB::Table' ? `arn:aws:dynamodb:us-east-1:${account}:table/${physicalId}` : physicalId;
    },
  ],
  [
    'of permissions that say nothing',
    ({ type, physicalId }, _, index) => (type === 'AWS::Lambda::Permission' ? `permission-${index}` : physicalId),
  ],
])(
  'nothing was deleted or changed on an account with ids %s',
  async (_, named) => {
    const labFolder = room.folderOf(workshop);
    const opened = await openSubject({ root: workshop, labFolder, lab: room.lab.id, target: room.target, signal });
    const { stack, resources } = opened.subject;
    const account = stack.deployed ? (stack.id.split(':')[4] ?? '') : '';
    const renamed = resources.map((resource, index) => ({ ...resource, physicalId: named(resource, account, index) }));
    const subject: Subject = { ...opened.subject, resources: renamed };
    expect(await observeTampering(subject)).toBeUndefined();
    await opened.close();
  },
  60_000,
);

test('a function behind a stage variable is recognized', async () => {
  const [client, send] = [await gateway(), idOf('AWS::Lambda::Function', /^SendMessage/)];
  const { Items = [] } = await client.send(new GetIntegrationsCommand({ ApiId: apiId() }));
  const { IntegrationId, IntegrationUri } =
    Items.find(({ IntegrationUri = '' }) => IntegrationUri.includes(send)) ?? {};
  await client.send(new UpdateStageCommand({ ApiId: apiId(), StageName: 'room', StageVariables: { speaks: send } }));
  const through = IntegrationUri?.replace(send, `\${stageVariables.speaks}`);
  await client.send(new UpdateIntegrationCommand({ ApiId: apiId(), IntegrationId, IntegrationUri: through }));
  const verdict = await room.check(workshop);
  expect(verdict.status).toBe('fixed');
  expect(resultOf(verdict, 'route-sendmessage')).toMatchObject({
    actual: expect.stringContaining('function SendMessage'),
  });
  await client.send(new UpdateIntegrationCommand({ ApiId: apiId(), IntegrationId, IntegrationUri }));
}, 60_000);

test('routes selected by what people type are named as such', async () => {
  const select = async (RouteSelectionExpression: string) =>
    (await gateway()).send(new UpdateApiCommand({ ApiId: apiId(), RouteSelectionExpression }));
  await select('$request.body.text');
  const route = resultOf(await room.check(workshop), 'route-sendmessage');
  expect(route).toMatchObject({
    status: 'failed',
    actual: expect.stringContaining('that is the text that people type'),
  });
  await select('$request.body.action');
}, 60_000);

test('a function without reserved concurrency is named', async () => {
  const client = await room.target.clients.lambda();
  const FunctionName = idOf('AWS::Lambda::Function', /^Connect/);
  await client.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
  const verdict = await room.check(workshop);
  expect(verdict.status).toBe('not fixed');
  expect(resultOf(verdict, 'room-is-deployed')).toMatchObject({
    status: 'failed',
    actual: 'Lambda never runs the function Connect: the reserved concurrency is 0 (`reservedConcurrentExecutions`).',
    place: { line: await lineOf('Connect') },
  });
  await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
}, 60_000);

test('a route that was deleted, but is still live on a stage without autoDeploy', async () => {
  const client = await gateway();
  await client.send(new UpdateStageCommand({ ApiId: apiId(), StageName: 'room', AutoDeploy: false }));
  await client.send(
    new DeleteRouteCommand({ ApiId: apiId(), RouteId: idOf('AWS::ApiGatewayV2::Route', /sendmessage/i) }),
  );
  const verdict = await room.check(workshop);
  expect(verdict).toMatchObject({ status: 'not fixed', drift: { kind: 'gone' } });
  const route = resultOf(verdict, 'route-sendmessage');
  expect(route).toMatchObject({ status: 'failed', actual: expect.stringContaining('may still serve a deployment') });
  expect(route).not.toMatchObject({ actual: expect.stringContaining('$default') });
}, 60_000);

test('points at a function behind $connect without its permission', async () => {
  const client = await room.target.clients.iam();
  const RoleName = idOf('AWS::IAM::Role', /^Connect/);
  const { PolicyNames = [] } = await client.send(new ListRolePoliciesCommand({ RoleName }));
  for (const PolicyName of PolicyNames) await client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  const verdict = await room.check(workshop);
  expect(resultOf(verdict, 'unknown-action-answered')).toMatchObject({
    status: 'failed',
    actual: expect.stringContaining('the function behind $connect, Connect, failed'),
    place: { line: await lineOf('Connect') },
  });
}, 60_000);

test('points at a second stage without a deployment', async () => {
  const file = join(room.folderOf(workshop), 'stack.ts');
  const text = await readFile(file, 'utf8');
  const second = `const second = new WebSocketStage(stack, 'Second', { webSocketApi: api, stageName: 'second', autoDeploy: false });\n`;
  await writeFile(
    file,
    text
      .replace("new CfnOutput(stack, 'RoomAddress'", `${second}\nnew CfnOutput(stack, 'RoomAddress'`)
      .replace('stage.stageName}`', 'second.stageName}`'),
  );
  await room.deploy(workshop);
  const answered = resultOf(await room.check(workshop), 'unknown-action-answered');
  expect(answered).toMatchObject({
    status: 'failed',
    actual: expect.stringContaining('nothing is deployed to the stage second'),
    place: { line: await lineOf('Second') },
  });
}, 120_000);
