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
  /**
   * Called with a stack that the lab's stack imported from, and that isn't deleted because it lacks the workshop's tag.
   */
  readonly onSpared?: (stack: string) => void;
  /** Called with each stack event as it arrives. `path` is the construct's, `chat-01-missing-route/Api/Resource`. */
  readonly onEvent?: (event: StackEvent, path: string | undefined) => void;
}

/**
 * Deletes a lab's stack, then the stacks that it imported from, and returns whether there was one. Rejects with a
 * LabError if something of it stays.
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
    // In the practice account, polling is free.
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
    import('../aws/sdk/cloudformation.ts'),
    stackEvents(target, id),
    deployedPaths(target, id),
    listResources(target, id),
  ]);
  await client.send(new DeleteStackCommand({ StackName: id }));

  const interval = target.kind === 'practice' ? 100 : 2000;
  const tell = (event: StackEvent) => onEvent?.(event, paths.get(event.LogicalResourceId ?? ''));
  const failed: StackEvent[] = [];
  for (;;) {
    if (signal.aborted)
      throw new InterruptedError(`Interrupted. The deletion of ${name} continues in ${target.title}.`);
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
  /** The resources that it had. */
  readonly resources: readonly StackResource[];
}

async function stuck(stack: Deleted, failed: StackEvent): Promise<LabError> {
  const { LogicalResourceId, ResourceType, ResourceStatusReason = 'no reason given' } = failed;
  const commands = ResourceType === 'AWS::IAM::Role' ? await takingOff(stack, failed.PhysicalResourceId ?? '') : [];
  const again = `\`npx lab destroy ${stack.name.split('-')[1]}\``;
  return new LabError(
    [
      `The stack ${stack.name} couldn't be deleted because of ${LogicalResourceId} (${ResourceType}): ${withoutNoise(ResourceStatusReason)}`,
      ...(commands.length === 0
        ? []
        : ['Somebody attached a policy to this role manually, so it has to be detached manually.']),
    ].join('\n'),
    commands.length === 0
      ? `Remove the cause and run ${again} again.`
      : [...commands, `Then run ${again} again.`].join('\n'),
  );
}

/** Returns the commands that detach the policies that the stack didn't attach to a role; none if they are unknown. */
async function takingOff({ id, target, resources }: Deleted, role: string): Promise<string[]> {
  const stack = { deployed: true, id, status: '', changedAt: 0 } as const;
  const byHand = await observeByHand({ target, stack, resources }, role).catch(() => []);
  const commands = byHand.flatMap((policy) =>
    policy.kind === 'inline' || policy.kind === 'managed' ? takeOff(policy) : [],
  );
  return commands.length > 0 && target.kind === 'practice' ? ['eval "$(npx lab env)"', ...commands] : commands;
}
