import type { Room, Subject } from '../checking/check.ts';
import { resourceNamed } from './physical-id.ts';
import { couldCall, observeRolePolicies } from './role-policies.ts';
import { observeRoutes } from './routes.ts';

/** A function's logging configuration: of `$LATEST`, or of the version that the API invokes. */
export interface FunctionLog {
  readonly functionName: string;
  /** Its logical id, if the stack created it. */
  readonly logicalId?: string;
  /** Its name in sentences: its construct's id, or else its own name. */
  readonly called: string;
  readonly functionArn: string;
  readonly roleArn: string;
  readonly group: string;
  /** The least severe level of its own lines that Lambda keeps, in JSON logs. */
  readonly applicationLevel?: string;
  /** The same for Lambda's lines about each invocation; `WARN` omits them. */
  readonly systemLevel?: string;
}

/** Why a function's log is empty, or lacks what matters. */
export type LoggingOff = 'no permission' | 'fatal only';

/** Returns the logs of the stack's functions, and of their versions that the API's routes invoke. */
export async function observeFunctionLogs(
  subject: Pick<Subject, 'target' | 'resources' | 'locate'>,
  room: Room,
): Promise<FunctionLog[]> {
  const [client, { GetFunctionConfigurationCommand }, routes] = await Promise.all([
    subject.target.clients.lambda(),
    import('../aws/sdk/lambda.ts'),
    observeRoutes(subject, room),
  ]);
  const own = subject.resources
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map(({ physicalId }) => physicalId);
  const invoked = routes.flatMap(({ integration }) => {
    const arn = /functions\/(arn:[^/]+)\/invocations/.exec(integration?.uri ?? '')?.[1];
    // A version keeps its settings from when it was published.
    return arn === undefined || (arn.split(':').length < 8 && own.includes(arn.split(':')[6] ?? '')) ? [] : [arn];
  });
  return Promise.all(
    [...new Set([...own, ...invoked])].map(async (FunctionName): Promise<FunctionLog> => {
      const configuration = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const { FunctionName: functionName = '', FunctionArn = '', Role = '', LoggingConfig } = configuration;
      const made = resourceNamed(subject.resources, 'AWS::Lambda::Function', functionName);
      return {
        functionName,
        logicalId: made?.logicalId,
        called: (made && subject.locate(made.logicalId)?.construct?.split('/').at(-1)) ?? functionName,
        functionArn: FunctionArn,
        roleArn: Role,
        group: LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`,
        ...(LoggingConfig?.LogFormat === 'JSON'
          ? { applicationLevel: LoggingConfig.ApplicationLogLevel, systemLevel: LoggingConfig.SystemLogLevel }
          : {}),
      };
    }),
  );
}

/** Returns why a function can't log its failures; undefined if its role and settings allow it. */
export async function observeLoggingOff(
  subject: Pick<Subject, 'target'>,
  { roleArn, functionArn, group, applicationLevel }: FunctionLog,
): Promise<LoggingOff | undefined> {
  if (applicationLevel === 'FATAL') return 'fatal only';
  const [, partition, , region, account] = functionArn.split(':');
  const stream = `arn:${partition}:logs:${region}:${account}:log-group:${group}:log-stream:x`;
  const policies = await observeRolePolicies(subject, roleArn.split('/').at(-1) ?? '');
  const isAllowed = ['logs:CreateLogStream', 'logs:PutLogEvents'].every((action) =>
    couldCall(policies, roleArn, action, stream),
  );
  return isAllowed ? undefined : 'no permission';
}

/** Returns whether Lambda logs each invocation of a function: then the log shows when it is complete. */
export function logsItsInvocations({ systemLevel }: FunctionLog): boolean {
  return systemLevel !== 'WARN';
}
