import type { Change } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../calls/context.ts';
import type { Write } from '../../state/store.ts';
import { type BeginNeeds, begin, type Manner } from './begin.ts';
import type { Asked } from './definition.ts';
import { isSame } from './engine/compare.ts';
import { deploy } from './engine/deploy.ts';
import { templateBody } from './engine/desired-resources.ts';
import { engineOf } from './engine/engine.ts';
import { planChanges } from './engine/plan.ts';
import { parseTemplate } from './engine/template.ts';
import type { StackDefinition, StackRecord } from './records.ts';

/** Returns the changes that the requested definition makes to a stack; undefined if there is nothing to do. */
export function changesOf(
  stack: StackRecord,
  { template, definition }: Asked,
  call: Call<BeginNeeds>,
): Change[] | undefined {
  const engine = engineOf(call);
  const body = templateBody({ engine, stackId: stack.StackId }, stack.template);
  const former = body === '' ? undefined : parseTemplate(body);
  const changes = planChanges({ engine, template, stack, definition }, former);
  if (changes.length > 0) return changes;
  const isQuiet =
    isSame(former?.Outputs, template.Outputs) &&
    isSame(stack.Tags, definition.Tags) &&
    isSame(stack.Parameters, definition.Parameters);
  return isQuiet ? undefined : [];
}

/** Starts a stack's change to the requested definition: a new stack, or one that was never executed, is created. */
export async function setToWork(
  call: Call<BeginNeeds>,
  stack: StackRecord,
  definition: StackDefinition,
  manner: Omit<Manner, 'former'>,
  { writes = [], changes = {} }: { readonly writes?: readonly Write[]; readonly changes?: Partial<StackRecord> } = {},
): Promise<{ readonly OperationId: string }> {
  const isNew = ['REVIEW_IN_PROGRESS', 'CREATE_IN_PROGRESS'].includes(stack.StackStatus);
  const { template, Description, Parameters, Tags, Capabilities, RoleARN } = stack;
  const former = { template, Description, Parameters, Tags, Capabilities, RoleARN };
  const replaced = { Description: undefined, RoleARN: undefined, ...definition, ...changes };
  return begin(
    call,
    stack,
    {
      status: isNew ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS',
      manner: isNew ? manner : { ...manner, former },
      changes: isNew ? replaced : { ...replaced, LastUpdatedTime: call.clock.now().toISOString() },
      writes,
    },
    deploy,
  );
}
