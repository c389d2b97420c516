import type { Authorizer, Integration, Route, Stage } from '@aws-sdk/client-apigatewayv2';
import type { Clients } from '../aws/target.ts';
import type { StackResource, Subject } from '../checking/check.ts';
import { isNotFound } from '../failures/failure.ts';
import { allPages } from './pages.ts';

/** How the account is asked whether it has what a stack says that it made. */
interface Kind {
  /** The property that names what it belongs to. */
  readonly parent?: string;
  /** The property that names it, where CloudFormation's own id does not. */
  readonly name?: string;
  /** The ids of what is there, under its parent or of itself; rejects as the service does where that is not there. */
  ids(clients: Clients, of: string): Promise<ReadonlyArray<string | undefined>>;
}

const kinds: Readonly<Record<string, Kind>> = {
  'AWS::ApiGatewayV2::Api': {
    async ids(clients, ApiId) {
      const [client, { GetApiCommand }] = await Promise.all([clients.apigateway(), apigateway()]);
      return [(await client.send(new GetApiCommand({ ApiId }))).ApiId];
    },
  },
  'AWS::ApiGatewayV2::Stage': {
    parent: 'ApiId',
    async ids(clients, ApiId) {
      const [client, { GetStagesCommand }] = await Promise.all([clients.apigateway(), apigateway()]);
      const items = await allPages<Stage>((NextToken) => client.send(new GetStagesCommand({ ApiId, NextToken })));
      return items.map(({ StageName }) => StageName);
    },
  },
  'AWS::ApiGatewayV2::Route': {
    parent: 'ApiId',
    async ids(clients, ApiId) {
      const [client, { GetRoutesCommand }] = await Promise.all([clients.apigateway(), apigateway()]);
      const items = await allPages<Route>((NextToken) => client.send(new GetRoutesCommand({ ApiId, NextToken })));
      return items.map(({ RouteId }) => RouteId);
    },
  },
  'AWS::ApiGatewayV2::Integration': {
    parent: 'ApiId',
    async ids(clients, ApiId) {
      const [client, { GetIntegrationsCommand }] = await Promise.all([clients.apigateway(), apigateway()]);
      const items = await allPages<Integration>((NextToken) =>
        client.send(new GetIntegrationsCommand({ ApiId, NextToken })),
      );
      return items.map(({ IntegrationId }) => IntegrationId);
    },
  },
  'AWS::ApiGatewayV2::Authorizer': {
    parent: 'ApiId',
    async ids(clients, ApiId) {
      const [client, { GetAuthorizersCommand }] = await Promise.all([clients.apigateway(), apigateway()]);
      const items = await allPages<Authorizer>((NextToken) =>
        client.send(new GetAuthorizersCommand({ ApiId, NextToken })),
      );
      return items.map(({ AuthorizerId }) => AuthorizerId);
    },
  },
  'AWS::Lambda::Function': {
    async ids(clients, FunctionName) {
      const [client, { GetFunctionConfigurationCommand }] = await Promise.all([clients.lambda(), lambda()]);
      return [(await client.send(new GetFunctionConfigurationCommand({ FunctionName }))).FunctionName];
    },
  },
  'AWS::Lambda::Permission': {
    parent: 'FunctionName',
    async ids(clients, FunctionName) {
      const [client, { GetPolicyCommand }] = await Promise.all([clients.lambda(), lambda()]);
      const { Policy = '{}' } = await client.send(new GetPolicyCommand({ FunctionName }));
      const { Statement = [] } = JSON.parse(Policy) as { Statement?: Array<{ Sid?: string }> };
      return Statement.map(({ Sid }) => Sid);
    },
  },
  'AWS::DynamoDB::Table': {
    async ids(clients, TableName) {
      const [client, { DescribeTableCommand }] = await Promise.all([
        clients.dynamodb(),
        import('@aws-sdk/client-dynamodb'),
      ]);
      const { Table } = await client.send(new DescribeTableCommand({ TableName }));
      return Table?.TableStatus === 'DELETING' ? [] : [Table?.TableName];
    },
  },
  'AWS::IAM::Role': {
    async ids(clients, RoleName) {
      const [client, { GetRoleCommand }] = await Promise.all([clients.iam(), iam()]);
      return [(await client.send(new GetRoleCommand({ RoleName }))).Role?.RoleName];
    },
  },
  'AWS::IAM::Policy': {
    parent: 'Roles',
    name: 'PolicyName',
    async ids(clients, RoleName) {
      const [client, { paginateListRolePolicies }] = await Promise.all([clients.iam(), iam()]);
      const names: string[] = [];
      for await (const { PolicyNames = [] } of paginateListRolePolicies({ client }, { RoleName }))
        names.push(...PolicyNames);
      return names;
    },
  },
  'AWS::Cognito::UserPool': {
    async ids(clients, UserPoolId) {
      const [client, { DescribeUserPoolCommand }] = await Promise.all([clients.cognito(), cognito()]);
      return [(await client.send(new DescribeUserPoolCommand({ UserPoolId }))).UserPool?.Id];
    },
  },
  'AWS::Cognito::UserPoolClient': {
    parent: 'UserPoolId',
    async ids(clients, UserPoolId) {
      const [client, { paginateListUserPoolClients }] = await Promise.all([clients.cognito(), cognito()]);
      const ids: Array<string | undefined> = [];
      for await (const { UserPoolClients = [] } of paginateListUserPoolClients(
        { client },
        { UserPoolId, MaxResults: 60 },
      ))
        ids.push(...UserPoolClients.map(({ ClientId }) => ClientId));
      return ids;
    },
  },
};

// Loaded when a stack has such a thing.
const apigateway = () => import('@aws-sdk/client-apigatewayv2');
const lambda = () => import('@aws-sdk/client-lambda');
const iam = () => import('@aws-sdk/client-iam');
const cognito = () => import('@aws-sdk/client-cognito-identity-provider');

/**
 * What the stack made and somebody deleted in the account: CloudFormation is never told, and goes on believing in it.
 * What only went with something else is left out, and so is what cannot be asked for: of another stack, or in a template
 * that the CDK did not write.
 */
export async function observeGone(
  { target, resources }: Pick<Subject, 'target' | 'resources'>,
  template: string,
): Promise<StackResource[]> {
  const properties = propertiesIn(template);
  const asked = new Map<string, ReturnType<typeof idsOrNone>>();
  const idsOf = (type: string, kind: Kind, of: string) => {
    const known = asked.get(`${type} ${of}`) ?? idsOrNone(kind.ids(target.clients, of));
    asked.set(`${type} ${of}`, known);
    return known;
  };
  const looked = await Promise.all(
    resources.map(async (resource) => {
      const { logicalId, physicalId, type } = resource;
      const kind = kinds[type];
      const written = properties[logicalId];
      if (kind === undefined || written === undefined) return [];
      const id = kind.name === undefined ? physicalId : written[kind.name];
      const parent = kind.parent === undefined ? undefined : madeBy(written[kind.parent], resources);
      if (typeof id !== 'string' || (kind.parent !== undefined && parent === undefined)) return [];
      const ids = await idsOf(type, kind, parent?.physicalId ?? id);
      const isThere = ids?.some((there) => there !== undefined && id.split('|').includes(there)) ?? true;
      return isThere ? [] : [{ resource, parent: parent?.logicalId }];
    }),
  );
  const gone = looked.flat();
  const names = new Set(gone.map(({ resource }) => resource.logicalId));
  return gone.flatMap(({ resource, parent }) => (parent !== undefined && names.has(parent) ? [] : [resource]));
}

/** None where the service says, in its own words, that there is no such thing; undefined where it cannot be asked. */
async function idsOrNone(
  ids: Promise<ReadonlyArray<string | undefined>>,
): Promise<ReadonlyArray<string | undefined> | undefined> {
  return ids.catch((error: unknown) => (isNotFound(error) ? [] : undefined));
}

/** The resource of the stack that a property refers to: `{ Ref: … }`, `{ 'Fn::GetAtt': […] }`, or the first of a list. */
function madeBy(value: unknown, resources: readonly StackResource[]): StackResource | undefined {
  const { Ref, 'Fn::GetAtt': [of] = [] } = (Array.isArray(value) ? value[0] : (value ?? {})) as {
    Ref?: string;
    'Fn::GetAtt'?: string[];
  };
  return resources.find(({ logicalId }) => logicalId === (Ref ?? of));
}

function propertiesIn(template: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  try {
    const { Resources = {} } = JSON.parse(template) as {
      Resources?: Record<string, { Properties?: Record<string, unknown> }>;
    };
    return Object.fromEntries(Object.entries(Resources).map(([id, { Properties = {} }]) => [id, Properties]));
  } catch {
    return {};
  }
}
