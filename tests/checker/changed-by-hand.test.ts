import * as apigateway from '@aws-sdk/client-apigatewayv2';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import * as lambda from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import type { StackResource } from '../../checker/checking/check.ts';
import { nextStep } from '../../checker/report/next-step.ts';
import { testLab } from './learned-lab.ts';
import { runCommand } from './run-command.ts';

// Somebody changes deployed resources directly in the account: CloudFormation never learns of it, and deploying the
// same file changes nothing.

const room = await testLab('03');
const workshop = await room.layOut('solution');
let made: StackResource[];

beforeAll(async () => {
  await room.deploy(workshop);
  made = await room.stackResources();
}, 180_000);

function idOf(type: string, logicalId: RegExp): string {
  return made.find((each) => each.type === type && logicalId.test(each.logicalId))?.physicalId ?? '';
}

const functionOf = (id: RegExp) => idOf('AWS::Lambda::Function', id);
const apiId = () => idOf('AWS::ApiGatewayV2::Api', /./);

const lambdaClient = () => room.target.clients.lambda();
const gatewayClient = () => room.target.clients.apigateway();

const changes: ReadonlyArray<readonly [change: string, seen: RegExp, change: () => Promise<unknown>]> = [
  [
    'the handler of a function',
    /^AWS::Lambda::Function Connect: Handler$/,
    async () =>
      (await lambdaClient()).send(
        new lambda.UpdateFunctionConfigurationCommand({ FunctionName: functionOf(/^Connect/), Handler: 'index.no' }),
      ),
  ],
  [
    'the environment of a function',
    /^AWS::Lambda::Function SendMessage: Environment$/,
    async () =>
      (await lambdaClient()).send(
        new lambda.UpdateFunctionConfigurationCommand({
          FunctionName: functionOf(/^SendMessage/),
          Environment: { Variables: { CONNECTIONS_TABLE: 'another' } },
        }),
      ),
  ],
  [
    'the code of a function',
    /^AWS::Lambda::Function SendMessage: Code$/,
    async () =>
      (await lambdaClient()).send(
        new lambda.UpdateFunctionCodeCommand({
          FunctionName: functionOf(/^SendMessage/),
          ZipFile: zipSync({ 'index.js': strToU8('exports.handler = async () => ({ statusCode: 200 });') }),
        }),
      ),
  ],
  [
    'the reserved concurrency of a function',
    /^AWS::Lambda::Function SendMessage: ReservedConcurrentExecutions$/,
    async () =>
      (await lambdaClient()).send(
        new lambda.PutFunctionConcurrencyCommand({
          FunctionName: functionOf(/^SendMessage/),
          ReservedConcurrentExecutions: 0,
        }),
      ),
  ],
  [
    'the throttle of the stage',
    /^AWS::ApiGatewayV2::Stage Stage: DefaultRouteSettings$/,
    async () =>
      (await gatewayClient()).send(
        new apigateway.UpdateStageCommand({
          ApiId: apiId(),
          StageName: 'room',
          DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 },
        }),
      ),
  ],
  [
    'the throttle of a route',
    /^AWS::ApiGatewayV2::Stage Stage: RouteSettings$/,
    async () =>
      (await gatewayClient()).send(
        new apigateway.UpdateStageCommand({
          ApiId: apiId(),
          StageName: 'room',
          RouteSettings: { $connect: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 } },
        }),
      ),
  ],
  [
    'the authorizer of $connect',
    /^AWS::ApiGatewayV2::Route Api\/\$connect-Route: AuthorizationType, AuthorizerId$/,
    async () =>
      (await gatewayClient()).send(
        new apigateway.UpdateRouteCommand({
          ApiId: apiId(),
          RouteId: idOf('AWS::ApiGatewayV2::Route', /connect/i),
          AuthorizationType: 'NONE',
        }),
      ),
  ],
  [
    'how a client signs in',
    /^AWS::Cognito::UserPoolClient Users\/Page: ExplicitAuthFlows$/,
    async () => {
      const client = await room.target.clients.cognito();
      const ids = {
        UserPoolId: idOf('AWS::Cognito::UserPool', /./),
        ClientId: idOf('AWS::Cognito::UserPoolClient', /./),
      };
      const { UserPoolClient: { ClientSecret: _, CreationDate: __, LastModifiedDate: ___, ...settings } = {} } =
        await client.send(new cognito.DescribeUserPoolClientCommand(ids));
      await client.send(
        new cognito.UpdateUserPoolClientCommand({
          ...settings,
          ...ids,
          ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_CUSTOM_AUTH'],
        }),
      );
    },
  ],
];

test('nothing was changed: no output', async () => {
  const verdict = await room.check(workshop);
  expect(verdict.status).toBe('fixed');
  expect(verdict).not.toHaveProperty('drift');
}, 60_000);

test.each(changes)(
  '%s',
  async (_, seen, change) => {
    await change();
    const verdict = await room.check(workshop);
    expect(verdict.status).not.toBe('fixed');
    expect(verdict.drift).toMatchObject({ kind: 'changed', changes: [], changed: [expect.stringMatching(seen)] });
    expect(verdict.remark).toContain('deploying an unchanged file');
    expect(nextStep(verdict)).toMatch(/^Revert it: `aws /);
    for (const command of verdict.drift?.setBack ?? []) await runCommand(room.target, command);
    expect(await room.check(workshop)).toMatchObject({ status: 'fixed' });
  },
  60_000,
);
