import { isKnown, type Properties } from './declared.ts';
import { accessKeyId } from './sender.ts';
import { ofTables } from './tables.ts';

interface Ids {
  readonly id: string;
  readonly parent: string;
}

interface State {
  readonly expected: Properties;
  readonly actual: Properties;
}

/** Returns the commands that revert properties of a resource. */
type SetBack = (ids: Ids, properties: readonly string[], state: State) => ReadonlyArray<string | undefined>;

/** By type. A property in a command's JSON has the same name as in a template. */
const ways: Readonly<Record<string, SetBack>> = {
  'AWS::ApiGatewayV2::Api': ({ id }, properties, { expected }) => [
    command('apigatewayv2 update-api', {
      ApiId: id,
      ...picked(expected, properties, { DisableExecuteApiEndpoint: false }),
    }),
  ],
  'AWS::ApiGatewayV2::Stage': ({ id, parent }, properties, { expected, actual }) => {
    const ofApi = { ApiId: parent, StageName: id };
    // UpdateStage adds to existing settings: a setting that isn't in the template must be deleted.
    const surplus = Object.keys({ ...(actual.RouteSettings as Properties | undefined) }).filter(
      (key) => !Object.hasOwn({ ...(expected.RouteSettings as Properties | undefined) }, key),
    );
    const deletions = properties.includes('RouteSettings')
      ? surplus.map((RouteKey) => command('apigatewayv2 delete-route-settings', { ...ofApi, RouteKey }))
      : [];
    const others = properties.filter((name) => name !== 'RouteSettings' || deletions.length === 0);
    if (others.length === 0) return deletions;
    return [
      ...deletions,
      command('apigatewayv2 update-stage', { ...ofApi, ...picked(expected, others, { AutoDeploy: false }) }),
    ];
  },
  'AWS::ApiGatewayV2::Route': ({ id, parent }, properties, { expected }) => {
    // An authorizer without its type, or the type without its authorizer, is rejected.
    const names = properties.some((name) => /^Authoriz/.test(name))
      ? [...new Set([...properties, 'AuthorizationType', 'AuthorizerId'])]
      : properties;
    const defined = names.filter((name) => expected[name] !== undefined);
    const input = { ApiId: parent, RouteId: id, ...picked(expected, defined) };
    return [defined.length === 0 ? undefined : command('apigatewayv2 update-route', input)];
  },
  'AWS::ApiGatewayV2::Integration': ({ id, parent }, properties, { expected }) => [
    command('apigatewayv2 update-integration', { ApiId: parent, IntegrationId: id, ...picked(expected, properties) }),
  ],
  'AWS::ApiGatewayV2::Authorizer': ({ id, parent }, properties, { expected }) => [
    command('apigatewayv2 update-authorizer', { ApiId: parent, AuthorizerId: id, ...picked(expected, properties) }),
  ],
  'AWS::Lambda::Function': ({ id }, properties, { expected }) => {
    const FunctionName = id;
    const others = properties.filter((name) => name !== 'Code' && name !== 'ReservedConcurrentExecutions');
    const reserved = expected.ReservedConcurrentExecutions;
    return [
      ...(properties.includes('Code')
        ? [command('lambda update-function-code', { FunctionName, ...(expected.Code as Properties) })]
        : []),
      ...(others.length === 0
        ? []
        : [
            command('lambda update-function-configuration', {
              FunctionName,
              ...picked(expected, others, { Environment: { Variables: {} } }),
            }),
          ]),
      ...(!properties.includes('ReservedConcurrentExecutions')
        ? []
        : reserved === undefined
          ? [command('lambda delete-function-concurrency', { FunctionName })]
          : [command('lambda put-function-concurrency', { FunctionName, ReservedConcurrentExecutions: reserved })]),
    ];
  },
  'AWS::IAM::Role': ({ id }, properties, { expected, actual }) => {
    if (properties.some((name) => name !== 'ManagedPolicyArns')) return [undefined];
    const [wanted, attached] = [expected.ManagedPolicyArns, actual.ManagedPolicyArns];
    if (!Array.isArray(wanted) || !Array.isArray(attached)) return [undefined];
    return wanted
      .filter((arn) => !attached.includes(arn))
      .map((PolicyArn) => command('iam attach-role-policy', { RoleName: id, PolicyArn }));
  },
  ...ofTables<SetBack>(({ id }, properties, { expected }) => [
    command('dynamodb update-continuous-backups', { TableName: id, ...picked(expected, properties) }),
  ]),
  'AWS::Logs::LogGroup': ({ id }, _, { expected }) => [
    command('logs put-retention-policy', { logGroupName: id, retentionInDays: expected.RetentionInDays }),
  ],
  'AWS::IAM::Policy': ({ id, parent }, _, { expected: { PolicyDocument } }) => [
    isKnown(PolicyDocument)
      ? command('iam put-role-policy', {
          RoleName: parent,
          PolicyName: id,
          PolicyDocument: JSON.stringify(PolicyDocument),
        })
      : undefined,
  ],
  'AWS::Cognito::UserPoolClient': ({ id, parent }, _, { expected }) => {
    // It resets omitted settings to their defaults, so it gets all of them.
    const { UserPoolId: _pool, GenerateSecret: _secret, ...settings } = expected;
    const known = Object.fromEntries(Object.entries(settings).filter(([, value]) => isKnown(value)));
    return [command('cognito-idp update-user-pool-client', { UserPoolId: parent, ClientId: id, ...known })];
  },
};

/** Returns the AWS CLI commands that revert properties; undefined unless all of them can be reverted. */
export function setBack(
  type: string,
  ids: Ids,
  properties: readonly string[],
  state: State,
): readonly string[] | undefined {
  const commands = ways[type]?.(ids, properties, state);
  if (commands === undefined) return undefined;
  const known = commands.filter((each) => each !== undefined);
  return known.length === commands.length ? known : undefined;
}

/** Undefined if the input isn't completely known, or if it would expose a key. */
function command(name: string, input: Properties): string | undefined {
  const json = JSON.stringify(input);
  if (Object.values(input).includes(undefined) || !isKnown(input) || accessKeyId.test(json)) return undefined;
  return `aws ${name} --cli-input-json '${json.replaceAll("'", `'\\''`)}'`;
}

function picked(from: Properties, names: readonly string[], otherwise: Properties = {}): Properties {
  return Object.fromEntries(names.map((name) => [name, from[name] ?? otherwise[name]]));
}
