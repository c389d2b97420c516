import { setTimeout as pause } from 'node:timers/promises';
import type { Stack, StackEvent } from '@aws-sdk/client-cloudformation';
import type { Target } from '../aws/target.ts';
import type { StackResource } from '../checking/check.ts';
import { stackNameOf } from '../checking/subject.ts';
import { InterruptedError, LabError } from '../failures/errors.ts';
import { withoutNoise } from '../failures/reason.ts';
import { observeByHand, takeOff } from '../observe/by-hand.ts';
import { hasTag, requireOwn } from '../observe/own-stack.ts';
import { exportersIn } from '../observe/related-stacks.ts';
import { deployedPaths, deployedTemplate, describe, listResources } from '../observe/stack.ts';
import { stackEvents } from './events.ts';

export interface DestroyOptions {
  readonly lab: string;
  readonly target: Target;
  readonly signal: AbortSignal;
  /** Told of a stack that the lab's stack imported from, and that isn't deleted: it lacks the workshop's tag. */
  readonly onSpared?: (stack: string) => void;
  /** Told of each stack event as it comes. `path` is the construct's, `chat-01-missing-route/Api/Resource`. */
  readonly onEvent?: (event: StackEvent, path: string | undefined) => void;
}

/**
 * Deletes a lab's stack, then the stacks that it imported from, and says whether there was one. Rejects with a LabError where
 * something of it stays.
 */
export async function destroyLab(options: DestroyOptions): Promise<'destroyed' | 'not there'> {
  const { lab, target, onSpared } = options;
  const name = stackNameOf(lab);
  const stack = await describe(target, name);
  if (stack?.StackId === undefined) return 'not there';
  requireOwn(target, name, stack);
  const exporters = exportersIn(await deployedTemplate(target, stack.StackId));
  await deleteStack(name, stack, options);
  for (const exporter of exporters) {
    const other = await describe(target, exporter);
    if (other?.StackId === undefined) continue;
    // In the practice account there is nothing to be spared.
    if (target.kind === 'practice' || hasTag(other, lab)) await deleteStack(exporter, other, options);
    else onSpared?.(exporter);
  }
  return 'destroyed';
}

async function deleteStack(name: string, stack: Stack, { target, signal, onEvent }: DestroyOptions): Promise<void> {
  // By its id: a deleted stack is not found by its name.
  const { StackId: id = '' } = stack;
  const [client, { DeleteStackCommand }, events, paths, resources] = await Promise.all([
    target.clients.cloudformation(),
    import('@aws-sdk/client-cloudformation'),
    stackEvents(target, id),
    deployedPaths(target, id),
    listResources(target, id),
  ]);
  await client.send(new DeleteStackCommand({ StackName: id }));

  const interval = target.kind === 'practice' ? 100 : 2000;
  const tell = (event: StackEvent) => onEvent?.(event, paths.get(event.LogicalResourceId ?? ''));
  const failed: StackEvent[] = [];
  for (;;) {
    if (signal.aborted) throw new InterruptedError(`Interrupted: the deletion of ${name} goes on in ${target.title}.`);
    for (const event of await events.read()) {
      tell(event);
      if (event.ResourceStatus !== 'DELETE_FAILED') continue;
      if (event.PhysicalResourceId !== id) failed.push(event);
      else throw await stuck({ name, id, target, resources }, failed[0] ?? event);
    }
    const status = (await describe(target, id))?.StackStatus;
    if (status === undefined || status === 'DELETE_COMPLETE') {
      for (const event of await events.read()) tell(event);
      return;
    }
    await pause(interval);
  }
}

interface Deleted {
  readonly name: string;
  readonly id: string;
  readonly target: Target;
  /** What belonged to it before. */
  readonly resources: readonly StackResource[];
}

async function stuck(stack: Deleted, failed: StackEvent): Promise<LabError> {
  const { LogicalResourceId, ResourceType, ResourceStatusReason = 'no reason given' } = failed;
  const commands = ResourceType === 'AWS::IAM::Role' ? await takingOff(stack, failed.PhysicalResourceId ?? '') : [];
  const again = `\`npx lab destroy ${stack.name.split('-')[1]}\``;
  return new LabError(
    [
      `The stack ${stack.name} could not be deleted, for ${LogicalResourceId} (${ResourceType}): ${withoutNoise(ResourceStatusReason)}`,
      ...(commands.length === 0
        ? []
        : ['Somebody attached a policy to this role by hand, and it takes a hand to take it off.']),
    ].join('\n'),
    commands.length === 0
      ? `Take that reason away and run ${again} again.`
      : [...commands, `Then run ${again} again.`].join('\n'),
  );
}

/** The commands that take off a role what the stack did not give it; none where that cannot be told. */
async function takingOff({ id, target, resources }: Deleted, role: string): Promise<string[]> {
  const stack = { deployed: true, id, status: '', changedAt: 0 } as const;
  const byHand = await observeByHand({ target, stack, resources }, role).catch(() => []);
  const commands = byHand.flatMap((policy) =>
    policy.kind === 'inline' || policy.kind === 'managed' ? takeOff(policy) : [],
  );
  return commands.length > 0 && target.kind === 'practice' ? ['eval "$(npx lab env)"', ...commands] : commands;
}
