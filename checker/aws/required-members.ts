/**
 * The members that AWS's answers always have, of those that commands read: a list can be empty, but it is present.
 * `Items[].RouteKey` is a member of each item; `a | b` is one of two; `=ApiId` repeats the request's value, which may
 * be an ARN.
 */
export const requiredMembers: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Operations.html
  CreateStack: ['StackId'],
  DescribeStackEvents: ['StackEvents[].EventId', 'StackEvents[].StackName'],
  DescribeStacks: ['Stacks[].StackId', 'Stacks[].StackName', 'Stacks[].StackStatus'],
  GetTemplate: ['TemplateBody'],
  ListStackResources: [
    'StackResourceSummaries[].LogicalResourceId',
    'StackResourceSummaries[].ResourceType',
    'StackResourceSummaries[].ResourceStatus',
  ],
  UpdateStack: ['StackId'],

  // https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/operations.html
  GetApi: ['ApiId=ApiId', 'ApiEndpoint', 'Name'],
  GetApis: ['Items[].ApiId'],
  GetAuthorizers: ['Items[].AuthorizerId', 'Items[].Name'],
  GetIntegration: ['IntegrationId=IntegrationId', 'IntegrationType'],
  GetIntegrations: ['Items[].IntegrationId', 'Items[].IntegrationType'],
  GetRoutes: ['Items[].RouteId', 'Items[].RouteKey'],
  GetRouteResponses: ['Items[].RouteResponseKey'],
  GetStage: ['StageName=StageName'],
  GetStages: ['Items[].StageName'],

  // https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html
  GetAccountSettings: ['AccountLimit.ConcurrentExecutions'],
  // For a function without reserved concurrency, the answer is empty.
  GetFunctionConcurrency: [],
  GetFunctionConfiguration: ['FunctionArn', 'FunctionName=FunctionName', 'Role'],
  GetPolicy: ['Policy'],
  ListAliases: ['Aliases[].Name'],
  ListFunctions: ['Functions[].FunctionName'],
  ListVersionsByFunction: ['Versions[].Version'],

  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Operations.html
  DescribeLogGroups: ['logGroups[].logGroupName'],
  FilterLogEvents: ['events[].timestamp'],

  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
  GetContextKeysForPrincipalPolicy: ['ContextKeyNames'],
  GetPolicyVersion: ['PolicyVersion.Document'],
  GetRole: ['Role.RoleName=RoleName', 'Role.Arn', 'Role.AssumeRolePolicyDocument'],
  GetRolePolicy: ['RoleName=RoleName', 'PolicyName=PolicyName', 'PolicyDocument'],
  ListAttachedRolePolicies: ['AttachedPolicies[].PolicyArn'],
  ListPolicyVersions: ['Versions[].VersionId'],
  ListRolePolicies: ['PolicyNames'],
  ListRoles: ['Roles[].RoleName', 'Roles[].Arn', 'Roles[].AssumeRolePolicyDocument'],
  SimulatePrincipalPolicy: ['EvaluationResults[].EvalActionName', 'EvaluationResults[].EvalDecision'],

  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html
  BatchWriteItem: ['UnprocessedItems'],
  DescribeContinuousBackups: [
    'ContinuousBackupsDescription.ContinuousBackupsStatus',
    'ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus',
  ],
  DescribeTable: ['Table.TableName=TableName', 'Table.KeySchema'],
  DescribeTimeToLive: ['TimeToLiveDescription.TimeToLiveStatus'],
  ListTables: ['TableNames'],
  Scan: ['Items', 'Count'],

  // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_Operations.html
  AdminCreateUser: ['User.Username'],
  AdminInitiateAuth: ['AuthenticationResult | ChallengeName'],
  CreateGroup: ['Group.GroupName=GroupName'],
  CreateUserPool: ['UserPool.Id'],
  CreateUserPoolClient: ['UserPoolClient.ClientId'],
  DescribeUserPool: ['UserPool.Id=UserPoolId'],
  DescribeUserPoolClient: ['UserPoolClient.ClientId=ClientId'],
  InitiateAuth: ['AuthenticationResult | ChallengeName'],
  ListUserPoolClients: ['UserPoolClients[].ClientId'],
  ListUserPools: ['UserPools[].Id'],
  ListUsers: ['Users[].Username'],
  RespondToAuthChallenge: ['AuthenticationResult | ChallengeName'],
  SignUp: ['UserSub'],

  // https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html
  AssumeRole: ['Credentials.AccessKeyId', 'Credentials.SecretAccessKey'],
  GetCallerIdentity: ['Account', 'Arn', 'UserId'],

  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
  GetObject: ['Body'],

  // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
  GetParameter: ['Parameter.Value'],
};

/** Returns which always-present member an answer lacks, or has with another value; undefined if none. */
export function lacksOf(operation: string, input: object, output: object): string | undefined {
  // A nonexistent stack is an error, never an empty list.
  if (operation === 'DescribeStacks' && !hasStack(valueAt(output, 'Stacks'), valueAt(input, 'StackName'))) {
    return 'Stacks[].StackName';
  }
  return requiredMembers[operation]?.find((member) => {
    const [paths = '', asked] = member.split('=');
    const isThere = paths.split(' | ').some((path) => has(output, path.split('.'), asked && valueAt(input, asked)));
    return !isThere;
  });
}

function hasStack(stacks: unknown, asked: unknown): boolean {
  if (!Array.isArray(stacks)) return false;
  return (
    asked === undefined ||
    stacks.some((stack) => [valueAt(stack, 'StackName'), valueAt(stack, 'StackId')].includes(asked))
  );
}

/** Whether a value has this member; `expected` is its required value, if known. */
function has(value: unknown, [step, ...rest]: readonly string[], expected: unknown): boolean {
  if (step === undefined) {
    return value !== undefined && (typeof expected !== 'string' || expected.split(/[:/]/).includes(String(value)));
  }
  if (!step.endsWith('[]')) return has(valueAt(value, step), rest, expected);
  const items = valueAt(value, step.slice(0, -2));
  return Array.isArray(items) && items.every((item) => has(item, rest, expected));
}

function valueAt(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
