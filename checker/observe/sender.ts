import type { Room, Subject } from '../checking/check.ts';
import { resourceNamed } from './physical-id.ts';
import { speakingKey } from './route-selection.ts';
import { type ObservedIntegration, type ObservedRoute, observeRoutes } from './routes.ts';

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

/** The function behind the route for messages, as far as that route invokes one, and the stack created it. */
export interface Speaker {
  readonly integration?: ObservedIntegration | undefined;
  readonly functionName?: string | undefined;
  readonly logicalId?: string | undefined;
}

/** Finds the function behind the route for messages. */
export function speakerOf(
  { resources }: Pick<Subject, 'resources'>,
  room: Room,
  routes: readonly ObservedRoute[],
): Speaker {
  const integration = routes.find(({ routeKey }) => routeKey === speakingKey(room))?.integration;
  const functionName = integration?.functionName;
  const made = resourceNamed(resources, 'AWS::Lambda::Function', functionName);
  return { integration, functionName, logicalId: made?.logicalId };
}

/** Returns the configuration of the function behind the route for messages; undefined if that route invokes none. */
export async function observeSender(
  subject: Pick<Subject, 'target' | 'resources'>,
  room: Room,
): Promise<Sender | undefined> {
  const { integration, functionName, logicalId } = speakerOf(subject, room, await observeRoutes(subject, room));
  if (functionName === undefined) return undefined;
  const [client, { GetFunctionConfigurationCommand }] = await Promise.all([
    subject.target.clients.lambda(),
    import('../aws/sdk/lambda.ts'),
  ]);
  // A published version keeps its role and environment.
  const called = /functions\/(arn:[^/]+)\/invocations/.exec(integration?.uri ?? '')?.[1] ?? functionName;
  const {
    Role = '',
    FunctionArn = '',
    Environment,
  } = await client.send(new GetFunctionConfigurationCommand({ FunctionName: called }));
  return {
    functionName,
    functionArn: FunctionArn,
    logicalId,
    roleArn: Role,
    roleName: Role.split('/').at(-1) ?? '',
    keysIn: Object.entries(Environment?.Variables ?? {}).flatMap(([name, value]) =>
      accessKeyId.test(value) ? name : [],
    ),
  };
}
