import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { create, ended, parameter, rawEvents, update } from './deploying.ts';

const account = await testAccount();
const client = new CloudFormationClient(account.client);

test.each([
  ['an empty template', { Resources: {} }, 'Template format error: At least one Resources member must be defined.'],
  [
    'a template of very many levels',
    { Resources: { A: parameter(JSON.parse(`${'[{"Fn::Sub":'.repeat(500)}""${'}]'.repeat(500)}`)) } },
    'Template format error: the template nests deeper than 100 levels.',
  ],
  [
    'a reference to nothing',
    { Resources: { A: parameter({ Ref: 'Nowhere' }) } },
    'Template format error: Unresolved resource dependencies [Nowhere] in the Resources block of the template',
  ],
  [
    'an invalid attribute',
    { Resources: { A: parameter('x'), B: parameter({ 'Fn::GetAtt': ['A', 'Arn'] }) } },
    'Template error: resource A does not support attribute type Arn in Fn::GetAtt',
  ],
  [
    'a circle',
    { Resources: { A: parameter({ Ref: 'B' }), B: parameter({ Ref: 'A' }) } },
    'Circular dependency between resources: [A, B]',
  ],
  [
    'conditions in a circle',
    {
      Conditions: {
        One: { 'Fn::Not': [{ Condition: 'Two' }] },
        Two: { 'Fn::And': [{ Condition: 'One' }, { Condition: 'One' }] },
      },
      Resources: { A: { ...parameter('x'), Condition: 'One' } },
    },
    'Circular dependency between conditions: [One, Two]',
  ],
  [
    'a type that is not served',
    { Resources: { A: { Type: 'AWS::EC2::Instance' } } },
    'the resource type AWS::EC2::Instance',
  ],
  [
    'a value that JSON writes as null, such as NaN',
    { Resources: { A: parameter([1, Number.NaN]) } },
    "Template format error: [/Resources/A/Properties/Value/1] 'null' values are not allowed in templates",
  ],
  [
    'an invalid type',
    { Resources: { A: { Type: 'Parameter' } } },
    'Template format error: Unrecognized resource types: [Parameter]',
  ],
  [
    'a parameter without a value',
    { Parameters: { P: { Type: 'String' } }, Resources: { A: parameter('x') } },
    'Parameters: [P] must have values',
  ],
  [
    'a template of 501 resources',
    { Resources: Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`R${n}`, { Type: 'AWS::SNS::Topic' }])) },
    'Template format error: Number of resources, 501, is greater than maximum allowed, 500',
  ],
  [
    'a template of more than 51,200 bytes',
    { Resources: { A: parameter('x'.repeat(51_200)) } },
    "Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200",
  ],
  [
    'a template of another version',
    { AWSTemplateFormatVersion: '2011-01-01', Resources: { A: parameter('x') } },
    'Template format error: unsupported value for AWSTemplateFormatVersion.',
  ],
  [
    'an undefined condition, even in a branch that is not taken,',
    {
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { A: parameter({ 'Fn::If': ['Never', { 'Fn::If': ['Q', 'x', 'y'] }, 'z'] }) },
    },
    'Template error: unresolved condition dependency Q in Fn::If',
  ],
  [
    'a role without the capability',
    { Resources: { A: { Type: 'AWS::IAM::Role' } } },
    'Requires capabilities : [CAPABILITY_IAM]',
  ],
])('%s is refused at once', async (_name, template, message) => {
  await expect(create(client, 'refused', template)).rejects.toThrow(message);
  await expect(client.send(new DescribeStacksCommand({ StackName: 'refused' }))).rejects.toThrow('does not exist');
});

test('a template whose conditions are all false creates an empty stack, which can be filled and emptied again', async () => {
  const template = (Value: string) => ({
    Conditions: { Wanted: { 'Fn::Equals': [Value, 'yes'] } },
    Resources: { A: { ...parameter('x'), Condition: 'Wanted' } },
    Outputs: { Out: { Value: { Ref: 'A' }, Condition: 'Wanted' } },
  });
  const resources = async () => {
    const list = new ListStackResourcesCommand({ StackName: 'empty' });
    return (await client.send(list)).StackResourceSummaries?.map(({ LogicalResourceId }) => LogicalResourceId);
  };
  expect((await create(client, 'empty', template('no'))).StackStatus).toBe('CREATE_COMPLETE');
  expect(await resources()).toEqual([]);
  expect((await update(client, 'empty', template('yes'))).StackStatus).toBe('UPDATE_COMPLETE');
  expect(await resources()).toEqual(['A']);
  expect((await update(client, 'empty', template('no'))).StackStatus).toBe('UPDATE_COMPLETE');
  expect(await resources()).toEqual([]);

  const set = { StackName: 'empty-too', ChangeSetName: 'first' };
  await client.send(
    new CreateChangeSetCommand({ ...set, ChangeSetType: 'CREATE', TemplateBody: JSON.stringify(template('no')) }),
  );
  expect(await client.send(new DescribeChangeSetCommand(set))).toMatchObject({ Status: 'CREATE_COMPLETE' });
  await client.send(new ExecuteChangeSetCommand(set));
  expect((await ended(client, 'empty-too')).StackStatus).toBe('CREATE_COMPLETE');
});

test('YAML is rejected by name, and so is an unsupported property', async () => {
  const yaml = new CreateStackCommand({ StackName: 'yaml', TemplateBody: 'Resources:\n  A: {}\n' });
  await expect(client.send(yaml)).rejects.toThrow('templates in YAML; send the template as JSON');
  await create(client, 'unserved', { Resources: { A: parameter('x', { Policies: 'x' }) } });
  const failed = (await rawEvents(client, 'unserved')).find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
  expect(failed?.ResourceStatusReason).toBe(
    "The practice account doesn't support the property Policies of AWS::SSM::Parameter.",
  );
});

test.each([
  ['HTTP', "The practice account doesn't support API Gateway's HTTP APIs."],
  ['WEBSOCKET', 'routeSelectionExpression'],
])(
  'an API of the protocol %s without a route selection expression is rejected for its own reason',
  async (ProtocolType, reason) => {
    const api = { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'api', ProtocolType } };
    await create(client, `api-${ProtocolType}`, { Resources: { Api: api } });
    const events = await rawEvents(client, `api-${ProtocolType}`);
    const failed = events.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
    expect(failed?.ResourceStatusReason).toContain(reason);
  },
);

const lower = { throttlingRateLimit: 50, throttlingBurstLimit: 100 };

/** Deploys an API and a stage with these settings, and returns the reason why the stage failed. */
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
    'RouteSettings.sendmessage.throttlingRateLimit of AWS::ApiGatewayV2::Stage. Spell it ThrottlingRateLimit.',
  ],
  ['settings in a string', JSON.stringify({ sendmessage: lower }), 'RouteSettings as a string'],
])('rejects %s by name if AWS documents no meaning for it', async (what, RouteSettings, named) => {
  expect(await reasonFor(what.replaceAll(' ', '-'), { RouteSettings })).toContain(
    `doesn't support the property ${named}`,
  );
});
