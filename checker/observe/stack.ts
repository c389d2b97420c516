import type { Stack } from '@aws-sdk/client-cloudformation';
import type { Target } from '../aws/target.ts';
import type { StackResource, StackState } from '../checking/check.ts';
import { LabError } from '../failures/errors.ts';
import { type FirstFailure, firstFailure } from './first-failure.ts';
import { requireOwn } from './own-stack.ts';

/** A stack with its resources; a nonexistent one has none. */
export interface ObservedStack {
  readonly state: StackState;
  readonly resources: readonly StackResource[];
  readonly outputs: Readonly<Record<string, string>>;
  /** Construct paths (`chat-01-missing-route/Api/Resource`) by logical id, if the CDK recorded them. */
  readonly paths: ReadonlyMap<string, string>;
  /** The text of the template that was last deployed. */
  readonly template: string;
}

/** Statuses that leave a working room, from this deployment or an earlier one. */
const usable = [
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
  // Only the deletion of replaced resources is left.
  'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
];

/** Statuses in which CloudFormation only deletes a stack. */
const STUCK = ['UPDATE_ROLLBACK_FAILED', 'DELETE_FAILED'];

/**
 * Reads a stack. Rejects with a LabError if nothing can be said about the room: the stack is being changed right now,
 * or a change got stuck. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
export async function observeStack(target: Target, stackName: string): Promise<ObservedStack> {
  const stack = await describe(target, stackName);
  requireOwn(target, stackName, stack);
  const nothing = { resources: [], outputs: {}, paths: new Map(), template: '' };
  if (stack !== undefined && isNeverUp(stack)) {
    const { StackId: id = '' } = stack;
    const [failure, paths] = await Promise.all([firstFailure(target, id), deployedPaths(target, id)]);
    return { ...nothing, state: neverUp(stack, stackName, failure, paths), paths };
  }
  const state = stateOf(stack, stackName);
  if (stack === undefined || !state.deployed) return { ...nothing, state };
  const [resources, template] = await Promise.all([
    listResources(target, state.id),
    deployedTemplate(target, state.id),
  ]);
  const outputs = Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
  return { state, resources, outputs, paths: pathsIn(template), template };
}

/** Returns the stack from DescribeStacks; undefined if there is none with that name. */
export async function describe(target: Target, stackName: string): Promise<Stack | undefined> {
  const [client, { DescribeStacksCommand }] = await Promise.all([
    target.clients.cloudformation(),
    import('../aws/sdk/cloudformation.ts'),
  ]);
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    return Stacks?.[0];
  } catch (error) {
    // CloudFormation has no specific error code for this.
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

/** Whether a stack's only deployment failed: there never was a room. */
function isNeverUp({ StackStatus }: Stack): boolean {
  return StackStatus === 'ROLLBACK_COMPLETE' || StackStatus === 'ROLLBACK_FAILED' || StackStatus === 'CREATE_FAILED';
}

/** Describes a stack that was never created: why, and what happened to its resources. */
export function neverUp(
  { StackStatus, StackStatusReason = '' }: Stack,
  stackName: string,
  { cause, rolledBack = StackStatusReason }: FirstFailure,
  paths: ReadonlyMap<string, string>,
): StackState {
  const isUndone = StackStatus === 'ROLLBACK_COMPLETE';
  const became = isUndone ? 'was rolled back' : `couldn't be rolled back completely (${StackStatus})`;
  if (/^The practice account ended during/.test(rolledBack))
    return { deployed: false, reason: `The first deployment of ${stackName} was interrupted and ${became}.` };
  const { logicalId = '', type, reason } = cause ?? {};
  const path = paths.get(logicalId);
  const why =
    cause === undefined
      ? rolledBack || 'The reason is unknown'
      : `It failed at ${path ?? logicalId} (${type}): ${reason}`;
  return {
    deployed: false,
    reason: `The stack ${stackName} was never created: its first deployment failed, and ${became}. ${why.replace(/\.?$/, '.')}`,
    failed: { isUndone, at: path === undefined ? undefined : logicalId },
  };
}

/** Returns what a stack's status means for checking the room. */
export function stateOf(stack: Stack | undefined, stackName: string): StackState {
  if (stack === undefined) return { deployed: false, reason: `There is no stack ${stackName}.` };
  const { StackStatus: status = '', StackId: id = '', LastUpdatedTime, CreationTime } = stack;
  const why = stack.StackStatusReason === undefined ? '' : ` ${stack.StackStatusReason.trim()}`;
  if (usable.includes(status)) {
    return { deployed: true, id, status, changedAt: (LastUpdatedTime ?? CreationTime)?.getTime() ?? 0 };
  }
  switch (status) {
    case 'REVIEW_IN_PROGRESS':
      return { deployed: false, reason: `The stack ${stackName} was only prepared, never deployed.` };
    case 'DELETE_COMPLETE':
      return { deployed: false, reason: `The stack ${stackName} was deleted.` };
  }
  if (status.endsWith('_IN_PROGRESS')) {
    throw new LabError(
      `The stack ${stackName} has been changing${sinceWhen(stack)} (${status}).`,
      `Check again once that has finished. \`aws cloudformation wait ${waiterOf(status)} --stack-name ${stackName}\` waits for it.`,
    );
  }
  const number = stackName.split('-')[1];
  throw new LabError(
    `The stack ${stackName} is stuck half deployed (${status}).${why}`,
    `${STUCK.includes(status) ? 'Create' : 'Deploy it again. If that fails, create'} it again: \`npx lab destroy ${number}\`, then \`npx lab deploy ${number}\`.`,
  );
}

/** Returns ` since 12:03:04`, or a substitute if CloudFormation doesn't say. */
function sinceWhen({ StackStatus, DeletionTime, LastUpdatedTime, CreationTime }: Stack): string {
  const since = StackStatus === 'DELETE_IN_PROGRESS' ? DeletionTime : (LastUpdatedTime ?? CreationTime);
  return since === undefined ? ' just now' : ` since ${since.toLocaleTimeString('en-GB')}`;
}

/** The AWS CLI's name of the corresponding waiter. */
function waiterOf(status: string): string {
  if (status.startsWith('DELETE')) return 'stack-delete-complete';
  if (status.includes('ROLLBACK')) return 'stack-rollback-complete';
  return status.startsWith('CREATE') ? 'stack-create-complete' : 'stack-update-complete';
}

/** Reads a stack's resources with ListStackResources. */
export async function listResources(target: Target, stackId: string): Promise<StackResource[]> {
  const [client, { paginateListStackResources }] = await Promise.all([
    target.clients.cloudformation(),
    import('../aws/sdk/cloudformation.ts'),
  ]);
  const resources: StackResource[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName: stackId })) {
    for (const { LogicalResourceId, PhysicalResourceId, ResourceType } of page.StackResourceSummaries ?? []) {
      if (LogicalResourceId === undefined || PhysicalResourceId === undefined || ResourceType === undefined) continue;
      resources.push({ logicalId: LogicalResourceId, physicalId: PhysicalResourceId, type: ResourceType });
    }
  }
  return resources;
}

/**
 * Returns construct paths by logical id; none if the stack doesn't exist. The CDK writes each construct's path into its
 * resource's metadata, so the deployed template has it without a synthesis.
 */
export async function deployedPaths(target: Target, stack: string): Promise<Map<string, string>> {
  return pathsIn(await deployedTemplate(target, stack));
}

/** Returns the text of the template that a stack was last deployed from; empty if the stack doesn't exist. */
export async function deployedTemplate(target: Pick<Target, 'clients'>, stack: string): Promise<string> {
  const [client, { GetTemplateCommand }] = await Promise.all([
    target.clients.cloudformation(),
    import('../aws/sdk/cloudformation.ts'),
  ]);
  try {
    const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName: stack }));
    return TemplateBody;
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return '';
    throw error;
  }
}

/** Returns construct paths by logical id, from a CDK template. */
export function pathsIn(template: string): Map<string, string> {
  const paths = new Map<string, string>();
  try {
    const { Resources = {} } = JSON.parse(template) as {
      Resources?: Record<string, { Metadata?: Record<string, unknown> }>;
    };
    for (const [logicalId, { Metadata }] of Object.entries(Resources)) {
      const path = Metadata?.['aws:cdk:path'];
      if (typeof path === 'string') paths.set(logicalId, path);
    }
  } catch {
    // A YAML template wasn't generated by the CDK, and has no paths.
  }
  return paths;
}

/** Whether the stack's last update was rolled back: it failed, or was interrupted. The room is the one from before. */
export function wasRolledBack(stack: StackState): boolean {
  return stack.deployed && stack.status.startsWith('UPDATE_ROLLBACK');
}
