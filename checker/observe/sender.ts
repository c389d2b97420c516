import type { Room, Subject } from '../checking/check.ts';
import { resourceNamed } from './physical-id.ts';
import { speakingKey } from './route-selection.ts';
import { observeRoutes } from './routes.ts';

/** The configuration of the function that sends messages to the room. */
export interface Sender {
  readonly functionName: string;
  readonly functionArn: string;
  /** Its logical id, if the stack created it. */
  readonly logicalId?: string;
  /** The role that it runs as. */
  readonly roleArn: string;
  readonly roleName: string;
  /** Names of environment variables that contain an access key; their values are in no report. */
  readonly keysIn: readonly string[];
}

/** `AKIA…` of a user, `ASIA…` of a session: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export const accessKeyId = /\bA(KIA|SIA)[A-Z2-7]{12,}\b/;

/** Returns the function behind the route for messages; undefined if that route invokes none. */
export async function observeSender(
  subject: Pick<Subject, 'target' | 'resources'>,
  room: Room,
): Promise<Sender | undefined> {
  const routes = await observeRoutes(subject, room);
  const integration = routes.find(({ routeKey }) => routeKey === speakingKey(room))?.integration;
  if (integration?.functionName === undefined) return undefined;
  const [client, { GetFunctionConfigurationCommand }] = await Promise.all([
    subject.target.clients.lambda(),
    import('../aws/sdk/lambda.ts'),
  ]);
  // A published version keeps its role and environment.
  const called = /functions\/(arn:[^/]+)\/invocations/.exec(integration.uri ?? '')?.[1] ?? integration.functionName;
  const {
    Role = '',
    FunctionArn = '',
    Environment,
  } = await client.send(new GetFunctionConfigurationCommand({ FunctionName: called }));
  const made = resourceNamed(subject.resources, 'AWS::Lambda::Function', integration.functionName);
  return {
    functionName: integration.functionName,
    functionArn: FunctionArn,
    logicalId: made?.logicalId,
    roleArn: Role,
    roleName: Role.split('/').at(-1) ?? '',
    keysIn: Object.entries(Environment?.Variables ?? {}).flatMap(([name, value]) =>
      accessKeyId.test(value) ? name : [],
    ),
  };
}
