import type { Room, Subject } from '../checking/check.ts';
import { observeFunctionPolicies } from '../observe/function-policies.ts';
import { couldCall } from '../observe/role-policies.ts';
import { observeRoutes } from '../observe/routes.ts';
import { speakerOf } from '../observe/sender.ts';
import { posting } from './02-lambda-permissions/connections.ts';

/**
 * Whether of the stack's functions, the one behind the route for messages is the only one whose role could post to
 * connections. Another one can run on its own, and then the sender doesn't hear of its errors.
 */
export async function postsAlone(subject: Pick<Subject, 'target' | 'resources'>, room: Room): Promise<boolean> {
  const { functionName } = speakerOf(subject, room, await observeRoutes(subject, room));
  const others = subject.resources.flatMap(({ type, physicalId }) =>
    type === 'AWS::Lambda::Function' && physicalId !== functionName ? physicalId : [],
  );
  if (functionName === undefined || !(await couldPost(subject, room, functionName))) return false;
  const posters = await Promise.all(others.map((name) => couldPost(subject, room, name)));
  return !posters.includes(true);
}

/** Returns whether a function's role could post to connections of the room. */
export async function couldPost(
  { target }: Pick<Subject, 'target'>,
  room: Room,
  functionName: string,
): Promise<boolean> {
  const { ResourceNotFoundException } = await import('../aws/sdk/lambda.ts');
  try {
    const { roleArn, policies } = await observeFunctionPolicies({ target }, functionName);
    const { action, resource } = posting({ roleArn }, { ...room, region: target.region });
    return couldCall(policies, roleArn, action, resource);
  } catch (error) {
    // Somebody may have deleted it.
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}
