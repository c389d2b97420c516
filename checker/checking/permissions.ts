import { TAG } from '../sign-in/bring.ts';

/** The account and region that a policy is for; `*` if it is for any. */
export interface Scope {
  readonly region: string;
  readonly account: string;
  /** `aws`, `aws-cn` */
  readonly partition: string;
}

/** Every call the labs' checks make in an account, grouped by resource. */
export interface Statement {
  readonly sid: string;
  /** The purpose, for the administrator who grants it. */
  readonly why: string;
  /** The SDK's calls, by the action that they need. */
  readonly calls: Readonly<Record<string, readonly string[]>>;
  resources(place: Scope): readonly string[];
  /** A condition key that must be present. */
  readonly tagged?: string;
}

/** The names of a lab's resources: the CDK derives them from the stack's, `chat-…`. */
const named = 'chat-*';

/**
 * The least privilege that the checker needs, for `lab doctor --policy` and for messages about denied calls.
 * GetCallerIdentity is left out: it needs no permission.
 */
export const statements: readonly Statement[] = [
  {
    sid: 'ReadTheStack',
    why: 'what is deployed, and from which template',
    calls: {
      'cloudformation:DescribeStacks': ['DescribeStacks'],
      'cloudformation:DescribeStackEvents': ['DescribeStackEvents'],
      'cloudformation:ListStackResources': ['ListStackResources'],
      'cloudformation:GetTemplate': ['GetTemplate'],
    },
    resources: (place) => [`${arn('cloudformation', place)}:stack/${named}/*`],
  },
  {
    sid: 'ReadTheApi',
    why: "the room's address, its routes and its stage; API Gateway generates API ids, so this names all of them",
    calls: {
      'apigateway:GET': [
        'GetApi',
        'GetAuthorizers',
        'GetIntegration',
        'GetIntegrations',
        'GetRouteResponses',
        'GetRoutes',
        'GetStage',
        'GetStages',
      ],
    },
    resources: (place) => [`${arn('apigateway', { ...place, account: '' })}:/apis/*`],
  },
  {
    sid: 'ReadTheFunctions',
    why: 'which role a function has, and who can invoke it',
    calls: {
      'lambda:GetFunctionConfiguration': ['GetFunctionConfiguration'],
      'lambda:GetFunctionConcurrency': ['GetFunctionConcurrency'],
      'lambda:GetPolicy': ['GetPolicy'],
      'lambda:ListAliases': ['ListAliases'],
      'lambda:ListVersionsByFunction': ['ListVersionsByFunction'],
    },
    resources: (place) => [`${arn('lambda', place)}:function:${named}`],
  },
  {
    sid: 'ReadTheConcurrency',
    why: "the account's concurrency limit: a function that Lambda had no capacity for must not fail a check",
    calls: { 'lambda:GetAccountSettings': ['GetAccountSettings'] },
    resources: () => ['*'],
  },
  {
    sid: 'ReadTheDeployedCode',
    why: "the function zips in the CDK's bucket, to detect manual changes to a function's code",
    calls: { 's3:GetObject': ['GetObject'] },
    resources: (place) => [`arn:${place.partition}:s3:::cdk-*-assets-${place.account}-${place.region}/*`],
  },
  {
    sid: 'ReadTheLogs',
    why: 'what a function logged, and what the stage logged',
    calls: { 'logs:FilterLogEvents': ['FilterLogEvents'] },
    resources: (place) => [
      `${arn('logs', place)}:log-group:${named}:*`,
      `${arn('logs', place)}:log-group:/aws/lambda/${named}:*`,
      `${arn('logs', place)}:log-group:API-Gateway-Execution-Logs_*:*`,
      `${arn('logs', place)}:log-group:/aws/apigateway/*:*`,
    ],
  },
  {
    sid: 'FindTheLogs',
    why: 'how long the logs of the room are kept; CloudWatch Logs lists groups for a whole account only',
    calls: { 'logs:DescribeLogGroups': ['DescribeLogGroups'] },
    resources: (place) => [`${arn('logs', place)}:log-group:*`],
  },
  {
    sid: 'AskWhatTheRolesMay',
    why: "what a function's role is allowed to do, simulated by IAM without running anything",
    calls: {
      'iam:GetRole': ['GetRole'],
      'iam:ListRolePolicies': ['ListRolePolicies'],
      'iam:GetRolePolicy': ['GetRolePolicy'],
      'iam:ListAttachedRolePolicies': ['ListAttachedRolePolicies'],
      'iam:GetContextKeysForPrincipalPolicy': ['GetContextKeysForPrincipalPolicy'],
      'iam:SimulatePrincipalPolicy': ['SimulatePrincipalPolicy'],
    },
    resources: (place) => [`arn:${place.partition}:iam::${place.account}:role/${named}`],
  },
  {
    sid: 'ReadThePoliciesOfTheRoles',
    why: "what that role's managed policies and boundary allow; a manually attached one can have any name",
    calls: {
      'iam:ListPolicyVersions': ['ListPolicyVersions'],
      'iam:GetPolicyVersion': ['GetPolicyVersion'],
    },
    resources: (place) => [
      `arn:${place.partition}:iam::${place.account}:policy/*`,
      `arn:${place.partition}:iam::aws:policy/*`,
    ],
  },
  {
    sid: 'FindRolesThatTrustThem',
    why: "which of the account's roles that role can assume",
    calls: { 'iam:ListRoles': ['ListRoles'] },
    resources: () => ['*'],
  },
  {
    sid: 'ReadTheRecovery',
    why: 'whether a table can be restored to a point in time, and when it deletes rows',
    calls: {
      'dynamodb:DescribeContinuousBackups': ['DescribeContinuousBackups'],
      'dynamodb:DescribeTimeToLive': ['DescribeTimeToLive'],
    },
    resources: (place) => [`${arn('dynamodb', place)}:table/${named}`],
  },
  {
    sid: 'TakeAwayOwnRows',
    why: "the rows of the checker's own visitors: one is made to look old, some are put back after their visitors left, and leftovers are deleted",
    calls: {
      'dynamodb:Scan': ['Scan'],
      'dynamodb:DescribeTable': ['DescribeTable'],
      'dynamodb:UpdateItem': ['UpdateItem'],
      'dynamodb:BatchWriteItem': ['BatchWriteItem'],
    },
    resources: (place) => [`${arn('dynamodb', place)}:table/${named}`],
  },
  {
    sid: 'BringUsersAndTakeThemAway',
    why: "users, groups and a client in the stack's user pool to sign in with; Cognito generates pool ids, so this names all of them",
    calls: {
      'cognito-idp:DescribeUserPool': ['DescribeUserPool'],
      'cognito-idp:DescribeUserPoolClient': ['DescribeUserPoolClient'],
      'cognito-idp:ListUserPoolClients': ['ListUserPoolClients'],
      'cognito-idp:ListUsers': ['ListUsers'],
      'cognito-idp:AdminCreateUser': ['AdminCreateUser'],
      'cognito-idp:AdminSetUserPassword': ['AdminSetUserPassword'],
      'cognito-idp:AdminInitiateAuth': ['AdminInitiateAuth'],
      'cognito-idp:AdminDeleteUser': ['AdminDeleteUser'],
      'cognito-idp:CreateUserPoolClient': ['CreateUserPoolClient'],
      'cognito-idp:DeleteUserPoolClient': ['DeleteUserPoolClient'],
      'cognito-idp:CreateGroup': ['CreateGroup'],
      'cognito-idp:AdminAddUserToGroup': ['AdminAddUserToGroup'],
      'cognito-idp:DeleteGroup': ['DeleteGroup'],
    },
    resources: (place) => [`${arn('cognito-idp', place)}:userpool/*`],
  },
  {
    sid: 'FindForgottenUserPools',
    why: 'leftovers of a command that was killed',
    calls: { 'cognito-idp:ListUserPools': ['ListUserPools'] },
    resources: () => ['*'],
  },
  {
    sid: 'BringAUserPool',
    why: "the checker's own user pool, for genuine tokens that were not issued for this room",
    calls: { 'cognito-idp:CreateUserPool': ['CreateUserPool'] },
    resources: () => ['*'],
    tagged: `aws:RequestTag/${TAG}`,
  },
  {
    sid: 'TakeTheUserPoolAway',
    why: 'that pool, and no other',
    calls: { 'cognito-idp:DeleteUserPool': ['DeleteUserPool'] },
    resources: (place) => [`${arn('cognito-idp', place)}:userpool/*`],
    tagged: `aws:ResourceTag/${TAG}`,
  },
];

/** Calls that need no permission: anyone can ask who they are, and signing up and in to a user pool is anonymous. */
export const openToEverybody: readonly string[] = [
  'GetCallerIdentity',
  'InitiateAuth',
  'RespondToAuthChallenge',
  'SignUp',
];

/** A statement in IAM's format. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: { readonly StringLike: Readonly<Record<string, string>> };
}

/** The policy in IAM's format, for a managed policy: it is too long for an inline user policy. */
export function leastPolicy(place: Scope): {
  readonly Version: string;
  readonly Statement: readonly PolicyStatement[];
} {
  return {
    Version: '2012-10-17',
    Statement: statements.map(({ sid, calls, resources, tagged }) => ({
      Sid: sid,
      Effect: 'Allow',
      Action: Object.keys(calls),
      Resource: resources(place),
      Condition: tagged === undefined ? undefined : { StringLike: { [tagged]: '*' } },
    })),
  };
}

/** Returns the statement and the action that an SDK call needs; undefined for a call that no check makes. */
export function permissionOf(call: string): { readonly statement: Statement; readonly action: string } | undefined {
  for (const statement of statements) {
    const action = Object.entries(statement.calls).find(([, calls]) => calls.includes(call))?.[0];
    if (action !== undefined) return { statement, action };
  }
  return undefined;
}

function arn(service: string, { partition, region, account }: Scope): string {
  return `arn:${partition}:${service}:${region}:${account}`;
}
