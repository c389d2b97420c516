import { DeleteAccessLogSettingsCommand, GetStageCommand, UpdateStageCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { create } from '../cloudformation/deploying.ts';
import { connect } from './client.ts';
import { createRole, telling, testApi } from './deployed-api.ts';

const { account, api } = await testApi();
const logs = new CloudWatchLogsClient(account.client);
await grantRole('logs:*');
const stage = { ApiId: api.apiId, StageName: 'prod' };

/** Gives the account a role for stage logs, with these permissions. */
async function grantRole(Action: string): Promise<void> {
  const RoleName = `logs-of-stages-${Action.replace(/\W/g, '')}`;
  const CloudWatchRoleArn = await createRole(account, RoleName);
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action, Resource: '*' },
  });
  await new IAMClient(account.client).send(new PutRolePolicyCommand({ RoleName, PolicyName: 'logs', PolicyDocument }));
  const Account = { Type: 'AWS::ApiGateway::Account', Properties: { CloudWatchRoleArn } };
  await create(new CloudFormationClient(account.client), RoleName, { Resources: { Account } });
}

async function linesIn(logGroupName: string): Promise<string[]> {
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
  return events.map(({ message = '' }) => message);
}

const executionGroup = () => `API-Gateway-Execution-Logs_${api.apiId}/prod`;

/** Somebody connects with a token in the address, sends a message, and gets the answer. */
async function talk(): Promise<void> {
  const guest = await connect(`${telling(api.url, {})}&token=abc.def`);
  guest.say({ action: 'echo', text: 'good morning', answer: { statusCode: 200, body: 'heard' } });
  expect(await guest.next()).toBe('heard');
  guest.say({ action: 'echo', text: 'fails', throws: 'on purpose' });
  expect(await guest.next()).toContain('Internal server error');
  await guest.leave();
}

it("writes an access log in the stage's format, until the settings are deleted", async () => {
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'access' }));
  const { arn } = { arn: 'arn:aws:logs:us-east-1:111122223333:log-group:access' };
  const who = '$context.identity.userAgent $context.authorizer $context.authorizer.name';
  const Format = `$context.requestId $context.routeKey $context.status ${who} $context.error.message`;
  await api.apigateway.send(
    new UpdateStageCommand({ ...stage, AccessLogSettings: { DestinationArn: `${arn}:*`, Format } }),
  );
  expect(await api.apigateway.send(new GetStageCommand(stage))).toMatchObject({
    AccessLogSettings: { DestinationArn: arn, Format },
  });
  await talk();
  const lines = await linesIn('access');
  expect(lines).toContainEqual(expect.stringMatching(/^[\w-]{15}= \$connect 200 - - - -$/));
  expect(lines).toContainEqual(expect.stringMatching(/= echo 200 - - - -$/));
  expect(lines).toContainEqual(expect.stringMatching(/= echo 500 - - - Internal server error$/));
  expect(lines.join()).not.toMatch(/good morning|abc\.def/);
  await api.apigateway.send(new DeleteAccessLogSettingsCommand(stage));
  expect(await api.apigateway.send(new GetStageCommand(stage))).not.toHaveProperty('AccessLogSettings');
});

it('rejects an unreadable access log format', async () => {
  const DestinationArn = 'arn:aws:logs:us-east-1:111122223333:log-group:access';
  const set = (AccessLogSettings: object) =>
    api.apigateway.send(new UpdateStageCommand({ ...stage, AccessLogSettings }));
  const rejected = { name: 'BadRequestException' };
  await expect(set({ DestinationArn, Format: '$context.status' })).rejects.toMatchObject(rejected);
  await expect(set({ DestinationArn, Format: '$context.requestId\n$context.status' })).rejects.toMatchObject(rejected);
  await expect(set({ DestinationArn: 'access', Format: '$context.requestId' })).rejects.toMatchObject(rejected);
});

it.each([
  ['ERROR', false, ['Execution failed: Internal server error'], ['Starting execution', 'good morning']],
  ['INFO', false, ['Starting execution', 'Successfully completed'], ['good morning', 'abc.def']],
  ['INFO', true, ['good morning', 'token=abc.def', 'heard'], []],
] as const)(
  'writes an execution log of level %s, data trace %s',
  async (LoggingLevel, DataTraceEnabled, has, lacks) => {
    const before = (await linesIn(executionGroup()).catch(() => [])).length;
    await api.apigateway.send(
      new UpdateStageCommand({ ...stage, DefaultRouteSettings: { LoggingLevel, DataTraceEnabled } }),
    );
    await talk();
    const text = (await linesIn(executionGroup())).slice(before).join('\n');
    for (const part of has) expect(text).toContain(part);
    for (const part of lacks) expect(text).not.toContain(part);
  },
);

it('creates the execution log without a retention', async () => {
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: executionGroup() }));
  expect(logGroups).toEqual([expect.not.objectContaining({ retentionInDays: expect.anything() })]);
});

it("writes nothing if the account's role is not allowed to", async () => {
  await grantRole('logs:DescribeLogGroups');
  const before = await linesIn(executionGroup());
  await talk();
  expect(await linesIn(executionGroup())).toEqual(before);
});
