import { services } from '../sandbox/calls/services.ts';
import type { Random } from './random.ts';

const statement = {
  Effect: 'Allow',
  Action: 'ssm:Get*',
  Resource: '*',
  Condition: { StringLike: { 'aws:username': 'a*' } },
};
const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const template = JSON.stringify({
  Parameters: { P: { Type: 'String', Default: 'p' } },
  Resources: { A: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { Ref: 'P' } } } },
  Outputs: { O: { Value: { 'Fn::GetAtt': ['A', 'Value'] } } },
});
const arn = 'arn:aws:iam::111122223333';

/**
 * The members that operations use, each with values that are valid for one of them. Inputs are drawn from these, so
 * much of what is sent passes the first checks. All names begin with `fuzz`: the ledger's are left alone.
 */
const members: Readonly<Record<string, (random: Random) => unknown>> = {
  Name: (random) => `/fuzz/${random.below(20)}`,
  Names: (random) => [`/fuzz/${random.below(20)}`],
  Path: () => '/fuzz/',
  Value: () => 'value',
  Type: () => 'String',
  Overwrite: () => true,
  Tags: () => [{ Key: 'a', Value: 'b' }],
  TagKeys: () => ['a'],
  RoleName: (random) => `fuzz-${random.below(20)}`,
  UserName: (random) => `fuzz-${random.below(20)}`,
  PolicyName: (random) => `fuzz-${random.below(20)}`,
  PolicyArn: (random) => `${arn}:policy/fuzz-${random.below(20)}`,
  RoleArn: (random) => `${arn}:role/fuzz-${random.below(20)}`,
  PolicySourceArn: (random) => `${arn}:role/fuzz-${random.below(20)}`,
  PolicyDocument: () => policy,
  PolicyInputList: () => [policy],
  AssumeRolePolicyDocument: () => trust,
  PermissionsBoundary: () => 'arn:aws:iam::aws:policy/AdministratorAccess',
  ActionNames: () => ['ssm:GetParameter'],
  ResourceArns: () => ['*'],
  ContextEntries: () => [{ ContextKeyName: 'aws:username', ContextKeyValues: ['a'], ContextKeyType: 'string' }],
  RoleSessionName: () => 'fuzz',
  VersionId: () => 'v1',
  MaxResults: () => 10,
  Filters: () => [{ Key: 'Name', Values: ['/fuzz'] }],
  TableName: (random) => `fuzz-${random.below(4)}`,
  AttributeDefinitions: () => [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: () => [{ AttributeName: 'id', KeyType: 'HASH' }],
  BillingMode: () => 'PAY_PER_REQUEST',
  Item: () => ({ id: { S: 'a' }, n: { N: '1' }, l: { L: [{ M: { b: { BOOL: true } } }] } }),
  Key: () => ({ id: { S: 'a' } }),
  UpdateExpression: () => 'SET n = if_not_exists(n, :v)',
  ConditionExpression: () => 'attribute_not_exists(#n)',
  KeyConditionExpression: () => 'id = :v',
  FilterExpression: () => 'size(#n) > :v',
  ExpressionAttributeNames: () => ({ '#n': 'n' }),
  ExpressionAttributeValues: () => ({ ':v': { S: 'a' } }),
  RequestItems: () => ({ 'fuzz-0': [{ PutRequest: { Item: { id: { S: 'b' } } } }] }),
  TransactItems: () => [{ Put: { TableName: 'fuzz-0', Item: { id: { S: 'c' } } } }],
  TimeToLiveSpecification: () => ({ AttributeName: 'ttl', Enabled: true }),
  PointInTimeRecoverySpecification: () => ({ PointInTimeRecoveryEnabled: true }),
  ResourceArn: () => 'arn:aws:dynamodb:us-east-1:111122223333:table/fuzz-0',
  logGroupName: (random) => `/fuzz/${random.below(8)}`,
  logStreamName: (random) => `fuzz-${random.below(8)}`,
  logEvents: () => [{ timestamp: Date.now(), message: 'said' }],
  retentionInDays: () => 7,
  filterPattern: () => '"said"',
  resourceArn: () => 'arn:aws:logs:us-east-1:111122223333:log-group:/fuzz/0',
  tags: () => ({ a: 'b' }),
  StackName: (random) => `fuzz-${random.below(3)}`,
  ChangeSetName: () => 'fuzz',
  TemplateBody: () => template,
  Parameters: () => [{ ParameterKey: 'P', ParameterValue: 'q' }],
  Capabilities: () => ['CAPABILITY_IAM'],
  LogicalResourceId: () => 'A',
  apiId: () => 'fuzz',
  name: () => 'fuzz',
  protocolType: () => 'WEBSOCKET',
  routeSelectionExpression: () => '$request.body.action',
  routeKey: () => '$default',
  integrationType: () => 'MOCK',
  stageName: () => 'fuzz',
  FunctionName: (random) => `fuzz-${random.below(3)}`,
  Role: (random) => `${arn}:role/fuzz-${random.below(20)}`,
  Runtime: () => 'nodejs20.x',
  Handler: () => 'index.handler',
  Code: () => ({ ZipFile: Buffer.from('not a zip').toString('base64') }),
  Environment: () => ({ Variables: { A: 'b' } }),
  Timeout: () => 3,
};

/** The members from which a service's inputs are drawn first: those with service-specific names. */
const own: Readonly<Record<string, readonly string[]>> = {
  ssm: ['Name', 'Names', 'Path', 'Value', 'Type', 'Overwrite', 'Tags', 'Filters', 'MaxResults'],
  iam: [
    'RoleName',
    'UserName',
    'PolicyName',
    'PolicyArn',
    'PolicySourceArn',
    'PolicyDocument',
    'PolicyInputList',
    'AssumeRolePolicyDocument',
    'PermissionsBoundary',
    'ActionNames',
    'ResourceArns',
    'ContextEntries',
    'VersionId',
    'Tags',
    'TagKeys',
  ],
  sts: ['RoleArn', 'RoleSessionName', 'PolicyDocument', 'Tags'],
  cloudformation: [
    'StackName',
    'ChangeSetName',
    'TemplateBody',
    'Parameters',
    'Capabilities',
    'LogicalResourceId',
    'Tags',
  ],
  dynamodb: [
    'TableName',
    'AttributeDefinitions',
    'KeySchema',
    'BillingMode',
    'Item',
    'Key',
    'UpdateExpression',
    'ConditionExpression',
    'KeyConditionExpression',
    'FilterExpression',
    'ExpressionAttributeNames',
    'ExpressionAttributeValues',
    'RequestItems',
    'TransactItems',
    'TimeToLiveSpecification',
    'PointInTimeRecoverySpecification',
    'ResourceArn',
    'Tags',
    'TagKeys',
  ],
  logs: ['logGroupName', 'logStreamName', 'logEvents', 'retentionInDays', 'filterPattern', 'resourceArn', 'tags'],
  apigateway: ['name', 'protocolType', 'routeSelectionExpression', 'routeKey', 'integrationType', 'stageName', 'tags'],
  lambda: ['FunctionName', 'Role', 'Runtime', 'Handler', 'Code', 'Environment', 'Timeout'],
};

/** Names of a service's operations to call. */
export function operationsOf(service: string): readonly string[] {
  return Object.keys(services[service]?.operations ?? {});
}

/** An input with most of the members that this service's operations use. */
export function drawInput(service: string, random: Random): Record<string, unknown> {
  const names = (own[service] ?? []).filter(() => random.chance(0.8));
  return Object.fromEntries(names.map((name) => [name, members[name]?.(random)]));
}
