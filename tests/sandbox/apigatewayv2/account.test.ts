import { ApiGatewayV2Client, CreateStageCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { expect, it } from 'vitest';
import { testAccount } from '../../account.ts';
import { create } from '../cloudformation/deploying.ts';
import { createRole } from '../execute-api/deployed-api.ts';
import { exchange } from '../sigv4/exchange.ts';
import { sign } from '../sigv4/sign.ts';
import { createWebSocketApi } from './websocket-api.ts';

const account = await testAccount();
const client = new ApiGatewayV2Client(account.client);

/** Calls API Gateway's account resource, as the AWS CLI does with `aws apigateway get-account` and `update-account`. */
async function accountResource(patchOperations?: readonly object[]) {
  const sent = sign({
    host: new URL(account.url).host,
    credentials: account.client.credentials,
    service: 'apigateway',
    path: '/account',
    ...(patchOperations === undefined
      ? { method: 'GET' }
      : { method: 'PATCH', body: JSON.stringify({ patchOperations }) }),
  });
  const { status, body } = await exchange(account.url, sent);
  return { status, ...(JSON.parse(body) as object) };
}

const role = (value: string) => [{ op: 'replace', path: '/cloudwatchRoleArn', value }];
const logged = { LoggingLevel: 'INFO' } as const;

it('has a role for logs once it is set, and no stage can log before', async () => {
  const ApiId = await createWebSocketApi(client);
  const stage = () => client.send(new CreateStageCommand({ ApiId, StageName: 'prod', DefaultRouteSettings: logged }));
  expect(await accountResource()).toMatchObject({ status: 200, throttleSettings: { burstLimit: 5000 } });
  await expect(stage()).rejects.toMatchObject({
    name: 'BadRequestException',
    message: 'CloudWatch Logs role ARN must be set in account settings to enable logging',
  });
  const cloudwatchRoleArn = await createRole(account, 'logs-of-stages');
  expect(await accountResource(role(cloudwatchRoleArn))).toMatchObject({ status: 200, cloudwatchRoleArn });
  expect(await accountResource()).toMatchObject({ cloudwatchRoleArn });
  await expect(stage()).resolves.toMatchObject({ DefaultRouteSettings: logged });
  expect(await accountResource(role(''))).not.toHaveProperty('cloudwatchRoleArn');
});

it('rejects a role that does not trust API Gateway, and other changes by name', async () => {
  expect(await accountResource(role('arn:aws:iam::111122223333:role/nobody'))).toMatchObject({
    status: 400,
    message: expect.stringContaining('does not have required permissions configured'),
  });
  expect(await accountResource([{ op: 'add', path: '/features', value: 'UsagePlans' }])).toMatchObject({
    status: 501,
    message: expect.stringContaining('add /features'),
  });
});

it('is set by a stack, and stays when the stack is deleted', async () => {
  const roleArn = await createRole(account, 'logs-by-stack');
  const Account = { Type: 'AWS::ApiGateway::Account', Properties: { CloudWatchRoleArn: roleArn } };
  const stack = await create(new CloudFormationClient(account.client), 'logging', { Resources: { Account } });
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  expect(await accountResource()).toMatchObject({ cloudwatchRoleArn: roleArn });
});
