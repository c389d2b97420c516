import type {
  CreateFunctionRequest,
  FunctionConfiguration,
  LoggingConfig,
  TracingMode,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import { live } from '../../calls/addresses.ts';
import type { Address } from '../../calls/context.ts';
import { AwsError, UnsupportedError } from '../../calls/errors.ts';
import { invalid } from './function-name.ts';
import type { FunctionRecord, LoggingRecord, VersionRecord } from './records.ts';
import { reservedVariables } from './runtime/process-environment.ts';
import { requireRuntime } from './runtime-name.ts';

type Configured = Pick<
  VersionRecord,
  | 'Description'
  | 'Runtime'
  | 'Handler'
  | 'Role'
  | 'Timeout'
  | 'MemorySize'
  | 'Variables'
  | 'Architecture'
  | 'EphemeralStorage'
  | 'LoggingConfig'
  | 'Tracing'
>;

type ConfigurationInput = Omit<CreateFunctionRequest, 'Code' | 'Role' | 'FunctionName'> &
  Pick<UpdateFunctionConfigurationRequest, 'Role'>;

/** A function's default configuration. */
export function defaults(name: string): Omit<Configured, 'Runtime' | 'Handler' | 'Role'> {
  return {
    Description: '',
    Timeout: 3,
    MemorySize: 128,
    Architecture: 'x86_64',
    EphemeralStorage: 512,
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${name}` },
  };
}

/** A configuration with a request's changes. Throws Lambda's errors for invalid values. */
export function configured<Base extends Partial<Configured>>(base: Base, input: ConfigurationInput): Base & Configured {
  checkServed(input);
  const variables = input.Environment?.Variables;
  if (variables !== undefined) checkVariables(variables);
  const changed: Configured = {
    Description: input.Description ?? base.Description ?? '',
    Runtime: runtime(input.Runtime, base.Runtime),
    Handler: handler(input.Handler ?? base.Handler),
    Role: required('Role', input.Role ?? base.Role),
    Timeout: requireRange('timeout', input.Timeout ?? base.Timeout ?? 3, 1, 900),
    MemorySize: requireRange('memorySize', input.MemorySize ?? base.MemorySize ?? 128, 128, 10_240),
    Architecture: input.Architectures?.[0] ?? base.Architecture ?? 'x86_64',
    EphemeralStorage: input.EphemeralStorage?.Size ?? base.EphemeralStorage ?? 512,
    LoggingConfig: logging(base.LoggingConfig, input.LoggingConfig),
    ...(variables === undefined ? {} : { Variables: variables }),
  };
  const { Tracing: former, ...rest } = base;
  const Tracing = tracing(input.TracingConfig?.Mode) ?? former;
  return { ...(rest as Base), ...changed, ...(Tracing === 'Active' ? { Tracing } : {}) };
}

/** Properties that are unsupported, unless they are empty. */
function checkServed(input: ConfigurationInput): void {
  const unserved: Readonly<Record<string, boolean>> = {
    PackageType: input.PackageType === 'Image',
    VpcConfig: (input.VpcConfig?.SubnetIds?.length ?? 0) > 0,
    DeadLetterConfig: Boolean(input.DeadLetterConfig?.TargetArn),
    KMSKeyArn: Boolean(input.KMSKeyArn),
    Layers: (input.Layers?.length ?? 0) > 0,
    FileSystemConfigs: (input.FileSystemConfigs?.length ?? 0) > 0,
    CodeSigningConfigArn: Boolean(input.CodeSigningConfigArn),
    ImageConfig: input.ImageConfig !== undefined,
    SnapStart: input.SnapStart?.ApplyOn === 'PublishedVersions',
    TenancyConfig: input.TenancyConfig !== undefined,
    CapacityProviderConfig: input.CapacityProviderConfig !== undefined,
    DurableConfig: input.DurableConfig !== undefined,
    PublishTo: input.PublishTo !== undefined,
  };
  const property = Object.keys(unserved).find((name) => unserved[name]);
  if (property !== undefined) throw new UnsupportedError(`Lambda functions with ${property}`);
}

const variableName = '[a-zA-Z]([a-zA-Z0-9_])+';
const groupName = '[\\.\\-_/#A-Za-z0-9]+';

function checkVariables(variables: Readonly<Record<string, string>>): void {
  const reserved = Object.keys(variables).filter((name) => reservedVariables.includes(name));
  if (reserved.length > 0) {
    throw invalid(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  }
  if (!Object.keys(variables).every((name) => new RegExp(`^${variableName}$`).test(name))) {
    throw malformed(
      `Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: ${variableName}]`,
    );
  }
  if (!Object.values(variables).every((value) => typeof value === 'string')) {
    throw new AwsError('SerializationException', 'The value of an environment variable cannot be converted to String.');
  }
  // No process can be started with one.
  if (Object.values(variables).some((value) => value.includes('\u0000'))) {
    throw invalid(
      'Lambda was unable to configure your environment variables because the environment variables you have provided contain a null character.',
    );
  }
  const size = Buffer.byteLength(JSON.stringify(variables));
  if (size > 4096) {
    throw invalid(
      'Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.',
    );
  }
}

/** AWS's error before Lambda itself has seen the request. */
function malformed(message: string): AwsError {
  return new AwsError('ValidationException', `1 validation error detected: ${message}`, 400);
}

/** If a request names no runtime, the function keeps its own, retired or not. */
function runtime(given: string | undefined, former: string | undefined): string {
  return given === undefined && former !== undefined ? former : requireRuntime(required('Runtime', given));
}

function required(name: string, value: string | undefined): string {
  if (value === undefined || value === '')
    throw invalid(`${name} is mandatory for functions created with deployment packages.`);
  return value;
}

function handler(given: string | undefined): string {
  const value = required('Handler', given);
  if (!/\s/.test(value)) return value;
  throw malformed(
    `Value '${value}' at 'handler' failed to satisfy constraint: Member must satisfy regular expression pattern: [^\\s]+`,
  );
}

function requireRange(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const rule = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
  throw invalid(`Value '${value}' at '${name}' failed to satisfy constraint: Member must have value ${rule}`);
}

function tracing(mode: TracingMode | undefined): TracingMode | undefined {
  if (mode === undefined || mode === 'Active' || mode === 'PassThrough') return mode;
  throw malformed(
    `Value '${mode}' at 'tracingConfig.mode' failed to satisfy constraint: Member must satisfy enum value set: [Active, PassThrough]`,
  );
}

function logging(base: LoggingRecord | undefined, input: LoggingConfig | undefined): LoggingRecord {
  const LogFormat = input?.LogFormat ?? base?.LogFormat ?? 'Text';
  const LogGroup = input?.LogGroup ?? base?.LogGroup ?? '';
  if (input?.LogGroup !== undefined && !new RegExp(`^${groupName}$`).test(LogGroup)) {
    throw malformed(
      `Value '${LogGroup}' at 'loggingConfig.logGroup' failed to satisfy constraint: Member must satisfy regular expression pattern: ${groupName}`,
    );
  }
  const application = input?.ApplicationLogLevel ?? base?.ApplicationLogLevel;
  const system = input?.SystemLogLevel ?? base?.SystemLogLevel;
  if (LogFormat === 'Text') return { LogFormat, LogGroup };
  return { LogFormat, LogGroup, ApplicationLogLevel: application ?? 'INFO', SystemLogLevel: system ?? 'INFO' };
}

/** A version as GetFunctionConfiguration returns it. With a qualifier, its ARN includes that. */
export function toConfiguration(
  record: FunctionRecord,
  version: VersionRecord,
  address: Pick<Address, 'http'>,
  qualifier?: string,
): FunctionConfiguration {
  const { Variables } = version;
  return {
    FunctionName: record.FunctionName,
    FunctionArn: qualifier === undefined ? record.FunctionArn : `${record.FunctionArn}:${qualifier}`,
    Runtime: version.Runtime as FunctionConfiguration['Runtime'],
    Role: version.Role,
    Handler: version.Handler,
    CodeSize: version.CodeSize,
    Description: version.Description,
    Timeout: version.Timeout,
    MemorySize: version.MemorySize,
    LastModified: version.LastModified,
    CodeSha256: Buffer.from(version.code, 'hex').toString('base64'),
    Version: version.Version,
    Environment: Variables && {
      Variables: Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, live(value, address)])),
    },
    TracingConfig: { Mode: version.Tracing ?? 'PassThrough' },
    RevisionId: version.RevisionId,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: [version.Architecture as 'x86_64'],
    EphemeralStorage: { Size: version.EphemeralStorage },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: version.LoggingConfig as LoggingConfig,
  };
}

/** A time in the format of `LastModified`: `2026-11-23T22:10:00.000+0000`. */
export function lastModified(date: Date): string {
  return date.toISOString().replace('Z', '+0000');
}
