import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestAccount, type TestAccount } from '../../account.ts';
import { create, rawEvents } from './deploying.ts';

let account: TestAccount;
let client: CloudFormationClient;

beforeAll(async () => {
  account = await startTestAccount();
  client = new CloudFormationClient(account.client);
});
afterAll(() => account.close());

const lower = { throttlingRateLimit: 50, throttlingBurstLimit: 100 };

/** Deploys an API with such a stage, and returns the reason why the stage failed. */
async function reasonFor(name: string, settings: object): Promise<string | undefined> {
  const Api = {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: { Name: name, ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
  };
  const Stage = {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: { Ref: 'Api' }, StageName: 'prod', ...settings },
  };
  await create(client, name, { Resources: { Api, Stage } });
  const events = await rawEvents(client, name);
  return events.find((each) => each.LogicalResourceId === 'Stage' && each.ResourceStatus === 'CREATE_FAILED')
    ?.ResourceStatusReason;
}

test('settings of all routes have only the members of the schema, in its letter case', async () => {
  const reason = await reasonFor('defaults', { DefaultRouteSettings: { ...lower, ThrottlingRateLimit: 5 } });
  expect(reason).toContain('Properties validation failed for resource Stage with message:');
  expect(reason).toContain('#/DefaultRouteSettings: extraneous key [throttlingRateLimit] is not permitted');
  expect(reason).toContain('#/DefaultRouteSettings: extraneous key [throttlingBurstLimit] is not permitted');
});

test('settings of all routes are an object', async () => {
  const reason = (value: unknown, name: string) => reasonFor(name, { DefaultRouteSettings: value });
  const expected = 'with message:\n#/DefaultRouteSettings: expected type: JSONObject, found: ';
  const asText = await reason(JSON.stringify(lower), 'text');
  expect(asText).toContain(`${expected}String`);
  expect(asText).not.toContain('extraneous');
  expect(await reason([lower], 'list')).toContain(`${expected}JSONArray`);
});

test.each([
  [
    'a setting of a route',
    { sendmessage: lower },
    'RouteSettings.sendmessage.throttlingRateLimit of AWS::ApiGatewayV2::Stage, which AWS documents as ThrottlingRateLimit',
  ],
  ['settings in a string', JSON.stringify({ sendmessage: lower }), 'RouteSettings as a string'],
])('rejects %s by name if AWS documents no meaning for it', async (what, RouteSettings, named) => {
  expect(await reasonFor(what.replaceAll(' ', '-'), { RouteSettings })).toContain(
    `doesn't support the property ${named}`,
  );
});
