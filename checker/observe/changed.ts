import { createHash } from 'node:crypto';
import type { StackResource, Subject } from '../checking/check.ts';
import { differs, isKnown, type Properties, propertiesIn, resolver, UNKNOWN } from './declared.ts';
import type { Looked } from './gone.ts';
import { setBack } from './set-back.ts';
import { inOwnRegion, ofTables } from './tables.ts';

/** A resource of the stack whose properties in the account differ from the deployed template. */
export interface Changed {
  readonly resource: StackResource;
  /** `Handler`, `Environment`. Their values may be secret, and are left out. */
  readonly properties: readonly string[];
  /** The AWS CLI commands that revert them; none if the template doesn't have the original values. */
  readonly commands: readonly string[];
}

/**
 * The properties to compare, each with the service's default if the template has none. UNKNOWN: then the property isn't
 * compared.
 */
const compared: Readonly<Record<string, Properties>> = {
  'AWS::ApiGatewayV2::Api': { RouteSelectionExpression: UNKNOWN, DisableExecuteApiEndpoint: false },
  'AWS::ApiGatewayV2::Stage': {
    AutoDeploy: false,
    DefaultRouteSettings: undefined,
    RouteSettings: undefined,
    StageVariables: undefined,
    AccessLogSettings: undefined,
    DeploymentId: UNKNOWN,
  },
  'AWS::ApiGatewayV2::Route': {
    RouteKey: UNKNOWN,
    AuthorizationType: 'NONE',
    AuthorizerId: undefined,
    ApiKeyRequired: false,
    Target: undefined,
    RouteResponseSelectionExpression: undefined,
  },
  'AWS::ApiGatewayV2::Integration': { IntegrationType: UNKNOWN, IntegrationUri: undefined, CredentialsArn: undefined },
  'AWS::ApiGatewayV2::Authorizer': {
    AuthorizerUri: undefined,
    AuthorizerCredentialsArn: undefined,
    IdentitySource: undefined,
  },
  'AWS::Lambda::Function': {
    Code: UNKNOWN,
    Handler: UNKNOWN,
    Runtime: UNKNOWN,
    Role: UNKNOWN,
    Environment: undefined,
    ReservedConcurrentExecutions: undefined,
    Timeout: 3,
    MemorySize: 128,
    LoggingConfig: UNKNOWN,
  },
  'AWS::IAM::Role': {
    AssumeRolePolicyDocument: UNKNOWN,
    PermissionsBoundary: undefined,
    ManagedPolicyArns: UNKNOWN,
  },
  'AWS::IAM::Policy': { PolicyDocument: UNKNOWN },
  ...ofTables({ PointInTimeRecoverySpecification: UNKNOWN }),
  'AWS::Logs::LogGroup': { RetentionInDays: UNKNOWN },
  'AWS::Cognito::UserPool': { MfaConfiguration: 'OFF', LambdaConfig: undefined },
  'AWS::Cognito::UserPoolClient': {
    ExplicitAuthFlows: UNKNOWN,
    IdTokenValidity: UNKNOWN,
    AccessTokenValidity: UNKNOWN,
    RefreshTokenValidity: UNKNOWN,
    TokenValidityUnits: UNKNOWN,
    AllowedOAuthFlowsUserPoolClient: false,
  },
};

type Comparable = (value: unknown, expected: unknown) => unknown;

/** What a service adds to a property if a template leaves it out; or what it has besides that is no change of it. */
const comparable: Readonly<Record<string, Comparable>> = {
  LoggingConfig: (value) =>
    isObject(value)
      ? {
          LogFormat: 'Text',
          ...(value.LogFormat === 'JSON' ? { ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO' } : {}),
          ...value,
        }
      : value,
  PointInTimeRecoverySpecification: (value) =>
    isObject(value) && String(value.PointInTimeRecoveryEnabled) === 'true'
      ? { RecoveryPeriodInDays: 35, ...value }
      : value,
  // A company can attach a policy of its own to every role. The ARN of the stack's own policies is in no template.
  ManagedPolicyArns: (value, expected) => {
    if (!isKnown(expected) || !Array.isArray(value) || !Array.isArray(expected)) return expected;
    return value.filter((arn) => expected.includes(arn));
  },
};

function alike(property: string, value: unknown, expected: unknown): unknown {
  return comparable[property]?.(value, expected) ?? value;
}

/**
 * Compares the account with the deployed template. CloudFormation doesn't look at resources again, so manual changes
 * stay, however often the same file is deployed.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html
 */
export async function observeChanged(
  { target, resources, stack }: Pick<Subject, 'target' | 'resources' | 'stack'>,
  template: string,
  looked: readonly Looked[],
): Promise<Changed[]> {
  if (!stack.deployed) return [];
  const written = propertiesIn(template);
  const resolve = resolver(stack.id, resources, written);
  const all = await Promise.all(
    looked.map(async ({ resource, parent, item }): Promise<Changed[]> => {
      const wanted = compared[resource.type];
      // An unreadable resource proves nothing.
      const actual = await item?.properties?.().catch(() => undefined);
      if (wanted === undefined || actual === undefined || item?.id === undefined) return [];
      const declared = inOwnRegion(resolve(written[resource.logicalId]) as Properties, target.region);
      const expected = Object.fromEntries(
        Object.entries({ ...wanted, ...declared }).map(([name, value]) => [name, alike(name, value, value)]),
      );
      const code = 'Code' in wanted ? await checksumOf(target, declared.Code) : UNKNOWN;
      const isChanged = (property: string): boolean => {
        if (property === 'Code') return differs(code, actual.Code);
        // A route without authorization has no authorizer, whatever the template says.
        const isOpen = [expected, actual].every(({ AuthorizationType = 'NONE' }) => AuthorizationType === 'NONE');
        if (property === 'AuthorizerId' && isOpen) return false;
        const was = expected[property];
        return differs(was, alike(property, actual[property], was));
      };
      const properties = Object.keys(wanted).filter(isChanged);
      if (properties.length === 0) return [];
      const ids = { id: item.id, parent: parent?.physicalId ?? '' };
      return [{ resource, properties, commands: setBack(resource.type, ids, properties, { expected, actual }) ?? [] }];
    }),
  );
  return all.flat();
}

/** The checksum that Lambda computes for a function's zip (`CodeSha256`); UNKNOWN if the zip can't be read. */
async function checksumOf({ clients }: Subject['target'], code: unknown): Promise<unknown> {
  const { S3Bucket: Bucket, S3Key: Key } = (code ?? {}) as Properties;
  if (typeof Bucket !== 'string' || typeof Key !== 'string') return UNKNOWN;
  try {
    const [client, { GetObjectCommand }] = await Promise.all([clients.s3(), import('../aws/sdk/s3.ts')]);
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    if (Body === undefined) return UNKNOWN;
    return createHash('sha256')
      .update(await Body.transformToByteArray())
      .digest('base64');
  } catch {
    return UNKNOWN;
  }
}

function isObject(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
