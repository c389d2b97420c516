import { type Call, regional } from '../../calls/context.ts';
import { AwsError } from '../../calls/errors.ts';
import { type ChangeSetRecord, changeSets, key, type StackRecord, stackScope, stacks } from './records.ts';
import { ValidationError } from './validation-error.ts';

type Regional = Pick<Call<'store'>, 'store' | 'accountId' | 'region'>;

/**
 * Returns the ARN on which a request about a stack is authorized: the stack's own, or `stack/NAME/*` if it doesn't
 * exist (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html).
 */
export function stackArn(stackName: string | undefined, call: Regional): string {
  if (stackName?.startsWith('arn:')) return stackName;
  const { accountId, region } = call;
  return (
    findStack(stackName, call)?.StackId ?? `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName ?? '*'}/*`
  );
}

/**
 * Returns the ARN on which a request about a change set is authorized: its stack's, or its own if no stack is named.
 */
export function changeSetArn(
  {
    ChangeSetName,
    StackName,
  }: { readonly ChangeSetName?: string | undefined; readonly StackName?: string | undefined },
  call: Regional,
): string {
  if (StackName === undefined && ChangeSetName?.startsWith('arn:')) return ChangeSetName;
  return stackArn(StackName, call);
}

/** Finds the stack with that name, which isn't deleted, or with that id, which may be. */
export function findStack(nameOrId: string | undefined, call: Regional): StackRecord | undefined {
  if (nameOrId === undefined) return undefined;
  if (nameOrId.startsWith('arn:')) return stacks.get(call.store, regional(call), key(nameOrId));
  return stacks
    .list(call.store, regional(call))
    .find(({ StackName, StackStatus }) => StackName === nameOrId && StackStatus !== 'DELETE_COMPLETE');
}

/** Like `findStack`, but it must exist. */
export function requireStack(
  nameOrId: string | undefined,
  call: Regional,
  message = `Stack with id ${nameOrId} does not exist`,
): StackRecord {
  if (nameOrId === undefined) {
    throw new ValidationError(
      "1 validation error detected: Value null at 'stackName' failed to satisfy constraint: Member must not be null",
    );
  }
  const stack = findStack(nameOrId, call);
  if (stack === undefined) throw new ValidationError(message);
  return stack;
}

/** Finds a change set by its ARN, or by its name and its stack's. */
export function findChangeSet(
  name: string | undefined,
  stackName: string | undefined,
  call: Regional,
): { readonly stack: StackRecord; readonly changeSet: ChangeSetRecord } | undefined {
  const candidates = stackName === undefined ? stacks.list(call.store, regional(call)) : [findStack(stackName, call)];
  for (const stack of candidates) {
    if (stack === undefined) continue;
    const changeSet = changeSets
      .list(call.store, stackScope(stack.StackId))
      .find(({ ChangeSetId, ChangeSetName }) => ChangeSetId === name || ChangeSetName === name);
    if (changeSet !== undefined) return { stack, changeSet };
  }
  return undefined;
}

export function requireChangeSet(name: string | undefined, stackName: string | undefined, call: Regional) {
  const found = findChangeSet(name, stackName, call);
  if (found === undefined) throw new AwsError('ChangeSetNotFound', `ChangeSet [${name}] does not exist`, 404);
  return found;
}
