import type { Authorizer, Integration, Route, RouteResponse, Stage } from '@aws-sdk/client-apigatewayv2';
import type { Clients } from '../aws/target.ts';
import type { Properties } from './declared.ts';
import { allPages } from './pages.ts';
import { ofTables } from './tables.ts';

/** A resource as its service reports it. */
export interface Item {
  /** The service's id for it. */
  readonly id: string | undefined;
  /** Returns its properties under their names in a template. */
  properties?(): Promise<Properties>;
}

/** How to read a type of resource from the account. */
export interface Kind {
  /** The property that names its parent resource. */
  readonly parent?: string;
  /** The property that names the parent of its parent, if the service asks for that, too. */
  readonly within?: string;
  /** The property with its id, if CloudFormation's id differs. */
  readonly name?: string;
  /** Lists a parent's resources, or the one resource; rejects as the service does if that doesn't exist. */
  list(clients: Clients, of: string, within: string): Promise<readonly Item[]>;
}

// Loaded when a stack has such a resource.
const apigateway = () => import('../aws/sdk/apigateway.ts');
const lambda = () => import('../aws/sdk/lambda.ts');
const iam = () => import('../aws/sdk/iam.ts');
const cognito = () => import('../aws/sdk/cognito.ts');

const table: Kind = {
  async list(clients, TableName) {
    const [client, { DescribeTableCommand }] = await Promise.all([
      clients.dynamodb(),
      import('../aws/sdk/dynamodb.ts'),
    ]);
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    if (Table?.TableStatus === 'DELETING') return [];
    const properties = async () => {
      const { DescribeContinuousBackupsCommand } = await import('../aws/sdk/dynamodb.ts');
      const { ContinuousBackupsDescription } = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
      const { PointInTimeRecoveryStatus, RecoveryPeriodInDays } =
        ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
      const PointInTimeRecoveryEnabled = PointInTimeRecoveryStatus === 'ENABLED';
      return { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled, RecoveryPeriodInDays } };
    };
    return [{ id: Table?.TableName, properties }];
  },
};

function having(id: string | undefined, properties: object): Item {
  return { id, properties: async () => properties as Properties };
}

/** The room's resource types that can be read from the account. */
export const kinds: Readonly<Record<string, Kind>> = {
  'AWS::ApiGatewayV2::Api': {
    async list(clients, ApiId) {
      const [client, { GetApiCommand }] = await Promise.all([clients.apigateway(), apigateway()]);
      const api = await client.send(new GetApiCommand({ ApiId }));
      return [having(api.ApiId, api)];
    },
  },
  'AWS::ApiGatewayV2::Stage': {
    parent: 'ApiId',
    async list(clients, ApiId) {
      const [client, { GetStagesCommand }] = await Promise.all([clients.apigateway(), apigateway()]);
      const items = await allPages<Stage>((NextToken) => client.send(new GetStagesCommand({ ApiId, NextToken })));
      return items.map((stage) => having(stage.StageName, stage));
    },
  },
  'AWS::ApiGatewayV2::Route': {
    parent: 'ApiId',
    async list(clients, ApiId) {
      const [client, { GetRoutesCommand }] = await Promise.all([clients.apigateway(), apigateway()]);
      const items = await allPages<Route>((NextToken) => client.send(new GetRoutesCommand({ ApiId, NextToken })));
      return items.map((route) => having(route.RouteId, route));
    },
  },
  'AWS::ApiGatewayV2::RouteResponse': {
    parent: 'RouteId',
    within: 'ApiId',
    async list(clients, RouteId, ApiId) {
      const [client, { GetRouteResponsesCommand }] = await Promise.all([clients.apigateway(), apigateway()]);
      const items = await allPages<RouteResponse>((NextToken) =>
        client.send(new GetRouteResponsesCommand({ ApiId, RouteId, NextToken })),
      );
      return items.map(({ RouteResponseId }) => ({ id: RouteResponseId }));
    },
  },
  'AWS::ApiGatewayV2::Integration': {
    parent: 'ApiId',
    async list(clients, ApiId) {
      const [client, { GetIntegrationsCommand }] = await Promise.all([clients.apigateway(), apigateway()]);
      const items = await allPages<Integration>((NextToken) =>
        client.send(new GetIntegrationsCommand({ ApiId, NextToken })),
      );
      return items.map((integration) => having(integration.IntegrationId, integration));
    },
  },
  'AWS::ApiGatewayV2::Authorizer': {
    parent: 'ApiId',
    async list(clients, ApiId) {
      const [client, { GetAuthorizersCommand }] = await Promise.all([clients.apigateway(), apigateway()]);
      const items = await allPages<Authorizer>((NextToken) =>
        client.send(new GetAuthorizersCommand({ ApiId, NextToken })),
      );
      return items.map((authorizer) => having(authorizer.AuthorizerId, authorizer));
    },
  },
  'AWS::Lambda::Function': {
    async list(clients, FunctionName) {
      const [client, { GetFunctionConfigurationCommand, GetFunctionConcurrencyCommand }] = await Promise.all([
        clients.lambda(),
        lambda(),
      ]);
      const configuration = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const properties = async () => {
        const { ReservedConcurrentExecutions } = await client.send(new GetFunctionConcurrencyCommand({ FunctionName }));
        const { Environment, CodeSha256, ...others } = configuration;
        return {
          ...others,
          Environment: { Variables: Environment?.Variables },
          Code: CodeSha256,
          ReservedConcurrentExecutions,
        };
      };
      return [{ id: configuration.FunctionName, properties }];
    },
  },
  'AWS::Lambda::Permission': {
    parent: 'FunctionName',
    async list(clients, FunctionName) {
      const [client, { GetPolicyCommand }] = await Promise.all([clients.lambda(), lambda()]);
      const { Policy = '{}' } = await client.send(new GetPolicyCommand({ FunctionName }));
      const { Statement = [] } = JSON.parse(Policy) as { Statement?: Array<{ Sid?: string }> };
      return Statement.map(({ Sid }) => ({ id: Sid }));
    },
  },
  ...ofTables(table),
  'AWS::IAM::Role': {
    async list(clients, RoleName) {
      const [client, { GetRoleCommand, paginateListAttachedRolePolicies }] = await Promise.all([clients.iam(), iam()]);
      const { Role } = await client.send(new GetRoleCommand({ RoleName }));
      const properties = async () => {
        const ManagedPolicyArns: unknown[] = [];
        for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies({ client }, { RoleName }))
          ManagedPolicyArns.push(...AttachedPolicies.map(({ PolicyArn }) => PolicyArn));
        return {
          AssumeRolePolicyDocument: documentIn(Role?.AssumeRolePolicyDocument),
          PermissionsBoundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
          ManagedPolicyArns,
        };
      };
      return [{ id: Role?.RoleName, properties }];
    },
  },
  'AWS::IAM::Policy': {
    parent: 'Roles',
    name: 'PolicyName',
    async list(clients, RoleName) {
      const [client, { paginateListRolePolicies, GetRolePolicyCommand }] = await Promise.all([clients.iam(), iam()]);
      const items: Item[] = [];
      for await (const { PolicyNames = [] } of paginateListRolePolicies({ client }, { RoleName })) {
        items.push(
          ...PolicyNames.map((PolicyName) => ({
            id: PolicyName,
            properties: async () => {
              const answer = await client.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
              return { PolicyDocument: documentIn(answer.PolicyDocument) };
            },
          })),
        );
      }
      return items;
    },
  },
  'AWS::Logs::LogGroup': {
    async list(clients, name) {
      const [client, { paginateDescribeLogGroups }] = await Promise.all([clients.logs(), import('../aws/sdk/logs.ts')]);
      for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix: name })) {
        const group = logGroups.find(({ logGroupName }) => logGroupName === name);
        // A company can set another retention on all groups of its account. None at all is a change.
        if (group !== undefined) return [group.retentionInDays === undefined ? having(name, {}) : { id: name }];
      }
      throw new Error(`There is no log group ${name}. The next line creates it, so it isn't reported as deleted.`);
    },
  },
  'AWS::Cognito::UserPool': {
    async list(clients, UserPoolId) {
      const [client, { DescribeUserPoolCommand }] = await Promise.all([clients.cognito(), cognito()]);
      const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId }));
      return [having(UserPool?.Id, { ...UserPool })];
    },
  },
  'AWS::Cognito::UserPoolClient': {
    parent: 'UserPoolId',
    async list(clients, UserPoolId) {
      const [client, { paginateListUserPoolClients, DescribeUserPoolClientCommand }] = await Promise.all([
        clients.cognito(),
        cognito(),
      ]);
      const items: Item[] = [];
      const pages = paginateListUserPoolClients({ client }, { UserPoolId, MaxResults: 60 });
      for await (const { UserPoolClients = [] } of pages) {
        items.push(
          ...UserPoolClients.map(({ ClientId }) => ({
            id: ClientId,
            properties: async () => {
              const answer = await client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
              return { ...answer.UserPoolClient };
            },
          })),
        );
      }
      return items;
    },
  },
};

/** IAM returns documents URL-encoded. */
function documentIn(document = '%7B%7D'): unknown {
  return JSON.parse(decodeURIComponent(document));
}
