import type { OperationType } from '@aws-sdk/client-cloudformation';
import type { Caller } from '../../calls/caller.ts';
import { type Call, global } from '../../calls/context.ts';
import type { Write } from '../../state/store.ts';
import { UnwritableStateError } from '../../state/unwritable-state-error.ts';
import { roles } from '../iam/records.ts';
import { assumedRole } from '../sts/assumed-role.ts';
import { trustsService } from '../sts/trust.ts';
import { InterruptedError } from './deployments.ts';
import { type EngineNeeds, engineOf } from './engine/engine.ts';
import { type Run, stackWrites } from './engine/journal.ts';
import type { StackOperation, StackRecord } from './records.ts';
import { ValidationError } from './validation-error.ts';

/** The parts of the account that the operations that start work on a stack need. */
export type BeginNeeds = EngineNeeds | 'say';

/** How to run an operation on a stack, without its caller. */
export type Manner = Omit<StackOperation, 'caller' | 'id'>;

const operationTypes: Readonly<Record<string, OperationType>> = {
  CREATE_IN_PROGRESS: 'CREATE_STACK',
  UPDATE_IN_PROGRESS: 'UPDATE_STACK',
  DELETE_IN_PROGRESS: 'DELETE_STACK',
  UPDATE_ROLLBACK_IN_PROGRESS: 'CONTINUE_ROLLBACK',
};

/**
 * Begins an operation on a stack that was just read, and returns its id once that is recorded; the work continues in
 * the background. The stack's role acts, if it has one, otherwise the caller.
 */
export async function begin(
  call: Call<BeginNeeds>,
  stack: StackRecord,
  {
    status,
    manner,
    changes = {},
    writes = [],
  }: {
    readonly status: string;
    readonly manner: Manner;
    readonly changes?: Partial<StackRecord>;
    readonly writes?: readonly Write[];
  },
  work: (run: Run) => Promise<void>,
): Promise<{ readonly OperationId: string }> {
  const caller = actingFor(call, 'RoleARN' in changes ? changes.RoleARN : stack.RoleARN);
  const engine = engineOf(call);
  const OperationId = call.ids.uuid();
  const run: Run = {
    stackId: stack.StackId,
    engine: {
      ...engine,
      perform: (service, name, input, options) => call.perform(service, name, input, { caller, ...options }),
    },
  };
  const begun = {
    ...stack,
    StackStatusReason: 'User Initiated',
    ...changes,
    operation: { ...manner, caller, id: OperationId },
  };
  const OperationType = operationTypes[status];
  const LastOperations = OperationType === undefined ? [] : [{ OperationType, OperationId }];
  const written = call.store.commit([
    ...stackWrites(run, { ...begun, LastOperations, StackStatus: status }),
    ...writes,
  ]);
  call.deployments.track(
    stack.StackId,
    written
      .then(() => work(run))
      .catch((error) => {
        if (error instanceof InterruptedError || error instanceof UnwritableStateError) return;
        call.say(`The practice account failed at the stack ${stack.StackId}: ${error?.stack}`);
      }),
  );
  await written;
  return { OperationId };
}

/** Returns the caller that acts on a stack's resources. Throws if its role doesn't exist or trust CloudFormation. */
export function actingFor(call: Call<'store'>, RoleARN: string | undefined): Caller {
  if (RoleARN === undefined) return call.caller;
  const role = roles.get(call.store, global(call), RoleARN.split('/').at(-1) ?? '');
  if (role?.Arn !== RoleARN || !trustsService(role, 'cloudformation.amazonaws.com'))
    throw new ValidationError(`Role ${RoleARN} is invalid or cannot be assumed`);
  return assumedRole(role, 'AWSCloudFormation');
}

/** Throws if a stack is being changed, or in a state that only deletion can end. */
export function requireUpdatable({ StackId, StackStatus }: StackRecord): void {
  if (['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'].includes(StackStatus)) return;
  throw new ValidationError(`Stack:${StackId} is in ${StackStatus} state and can not be updated.`);
}

/** Throws if the stack name is invalid. */
export function checkStackName(name: string | undefined): asserts name is string {
  if (name !== undefined && /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) return;
  throw new ValidationError(
    `1 validation error detected: Value '${name ?? ''}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
  );
}
