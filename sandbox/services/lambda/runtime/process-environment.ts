import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { live } from '../../../calls/addresses.ts';
import type { World } from '../../../calls/context.ts';
import { assumedRole } from '../../sts/assumed-role.ts';
import { executionRole } from '../execution-role.ts';
import type { FunctionRecord, VersionRecord } from '../records.ts';

/** How long a process's credentials are valid; the process is retired after half of that. */
export const sessionHours = 12;

/** Variables that a function can't set (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html). */
export const reservedVariables: readonly string[] = [
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
];

export interface ProcessSettings {
  readonly record: FunctionRecord;
  readonly version: VersionRecord;
  readonly taskRoot: string;
  readonly logStream: string;
}

/**
 * The environment of a function's process: AWS's variables, the function's own, its role's credentials, and nothing
 * from the person who runs the practice account. Throws if the role can't be assumed.
 */
export function processEnvironment(
  { record, version, taskRoot, logStream }: ProcessSettings,
  world: Pick<World, 'store' | 'sessions' | 'clock' | 'ids' | 'address' | 'folder'>,
): Record<string, string> {
  const region = record.FunctionArn.split(':')[3] ?? '';
  const role = executionRole(version.Role, record.FunctionArn, world);
  const issued = world.clock.now();
  const expires = new Date(issued.getTime() + sessionHours * 3_600_000);
  const terms = { issued, expires, functionArn: record.FunctionArn };
  const credentials = world.sessions.issue(assumedRole(role, record.FunctionName), terms, world.ids);
  const { LogFormat, LogGroup, ApplicationLogLevel } = version.LoggingConfig;
  return {
    ...ofTheSystem(join(world.folder, 'home')),
    ...Object.fromEntries(
      Object.entries(version.Variables ?? {}).map(([name, value]) => [name, live(value, world.address)]),
    ),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: credentials.SessionToken,
    AWS_EXECUTION_ENV: `AWS_Lambda_${version.Runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: record.FunctionName,
    AWS_LAMBDA_FUNCTION_VERSION: version.Version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(version.MemorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: LogGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_LAMBDA_LOG_FORMAT: LogFormat,
    ...(ApplicationLogLevel === undefined ? {} : { AWS_LAMBDA_LOG_LEVEL: ApplicationLogLevel }),
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    LAMBDA_RUNTIME_DIR: import.meta.dirname,
    LAMBDA_TASK_ROOT: taskRoot,
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
    _HANDLER: version.Handler,
  };
}

/**
 * Returns the variables that a process needs from the machine. It gets its own home, because otherwise the SDK would
 * read the learner's `~/.aws`.
 */
function ofTheSystem(home: string): Record<string, string> {
  const node = dirname(process.execPath);
  if (process.platform !== 'win32') return { HOME: home, PATH: [node, '/usr/local/bin', '/usr/bin', '/bin'].join(':') };
  const SystemRoot = process.env.SystemRoot ?? 'C:\\Windows';
  const PATH = [node, join(SystemRoot, 'System32'), SystemRoot].join(';');
  return { USERPROFILE: home, SystemRoot, PATH, TEMP: tmpdir(), TMP: tmpdir() };
}
