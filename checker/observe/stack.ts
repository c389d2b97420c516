import type { Stack } from '@aws-sdk/client-cloudformation';
import type { Target } from '../aws/target.ts';
import type { StackResource, StackState } from '../checking/check.ts';
import { LabError } from '../failures/errors.ts';
import { type FirstFailure, firstFailure } from './first-failure.ts';
import { requireOwn } from './own-stack.ts';

/** A stack with what belongs to it; nothing belongs to one that is not there. */
export interface ObservedStack {
  readonly state: StackState;
  readonly resources: readonly StackResource[];
  readonly outputs: Readonly<Record<string, string>>;
  /** Construct paths (`chat-01-missing-route/Api/Resource`) by logical id, where the CDK wrote them down. */
  readonly paths: ReadonlyMap<string, string>;
  /** The text of the template that it was last deployed from. */
  readonly template: string;
}

/** Ended in a way that left the room as it was deployed, now or before. */
const usable = [
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
  // What is left to do is to delete what was replaced.
  'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
];

/**
 * Reads a stack. Rejects with a LabError where nothing can be said about the room: it is being changed at this
 * moment, or a change of it got stuck.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
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

/** The stack as DescribeStacks has it; undefined where there is none of that name. */
export async function describe(target: Target, stackName: string): Promise<Stack | undefined> {
  const [client, { DescribeStacksCommand }] = await Promise.all([
    target.clients.cloudformation(),
    import('@aws-sdk/client-cloudformation'),
  ]);
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    return Stacks?.[0];
  } catch (error) {
    // CloudFormation has no code of its own for it.
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

/** Whether the only deployment that a stack had failed: there never was a room. */
function isNeverUp({ StackStatus }: Stack): boolean {
  return StackStatus === 'ROLLBACK_COMPLETE' || StackStatus === 'ROLLBACK_FAILED' || StackStatus === 'CREATE_FAILED';
}

/** A stack that never came up, why not, and what became of what it had made. */
export function neverUp(
  { StackStatus, StackStatusReason = '' }: Stack,
  stackName: string,
  { cause, rolledBack = StackStatusReason }: FirstFailure,
  paths: ReadonlyMap<string, string>,
): StackState {
  const isUndone = StackStatus === 'ROLLBACK_COMPLETE';
  const became = isUndone ? 'was undone' : `could not be undone as a whole (${StackStatus})`;
  if (/^The practice account ended during/.test(rolledBack))
    return { deployed: false, reason: `The first deployment of ${stackName} was interrupted and ${became}.` };
  const { logicalId = '', type, reason } = cause ?? {};
  const path = paths.get(logicalId);
  const why =
    cause === undefined ? rolledBack || 'Nothing says why' : `It failed at ${path ?? logicalId} (${type}): ${reason}`;
  return {
    deployed: false,
    reason: `The stack ${stackName} never came up: its first deployment failed, and ${became}. ${why.replace(/\.?$/, '.')}`,
    failed: { isUndone, ...(path === undefined ? {} : { at: logicalId }) },
  };
}

/** What a stack's status means for who wants to look at the room. */
export function stateOf(stack: Stack | undefined, stackName: string): StackState {
  if (stack === undefined) return { deployed: false, reason: `There is no stack ${stackName}.` };
  const { StackStatus: status = '', StackId: id = '', LastUpdatedTime, CreationTime } = stack;
  const why = stack.StackStatusReason === undefined ? '' : ` ${stack.StackStatusReason}`;
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
      `The stack ${stackName} is being changed${sinceWhen(stack)} (${status}).`,
      `Check again when that has ended: \`aws cloudformation wait ${waiterOf(status)} --stack-name ${stackName}\` returns then.`,
    );
  }
  const number = stackName.split('-')[1];
  throw new LabError(
    `The stack ${stackName} is stuck half deployed (${status}).${why}`,
    `Deploy it again; if that is refused, \`npx lab destroy ${number}\` and \`npx lab deploy ${number}\` make it anew.`,
  );
}

/** ` since 12:03:04`; empty where CloudFormation does not tell. */
function sinceWhen({ StackStatus, DeletionTime, LastUpdatedTime, CreationTime }: Stack): string {
  const since = StackStatus === 'DELETE_IN_PROGRESS' ? DeletionTime : (LastUpdatedTime ?? CreationTime);
  return since === undefined ? ' at this moment' : ` since ${since.toLocaleTimeString('en-GB')}`;
}

/** The AWS CLI's name for waiting for the end of it. */
function waiterOf(status: string): string {
  if (status.startsWith('DELETE')) return 'stack-delete-complete';
  if (status.includes('ROLLBACK')) return 'stack-rollback-complete';
  return status.startsWith('CREATE') ? 'stack-create-complete' : 'stack-update-complete';
}

/** What belongs to a stack, by ListStackResources. */
export async function listResources(target: Target, stackId: string): Promise<StackResource[]> {
  const [client, { paginateListStackResources }] = await Promise.all([
    target.clients.cloudformation(),
    import('@aws-sdk/client-cloudformation'),
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
 * Construct paths by logical id; none where there is no such stack. The CDK writes each construct's path into its
 * resource's metadata, so the deployed template tells it without a synthesis.
 */
export async function deployedPaths(target: Target, stack: string): Promise<Map<string, string>> {
  return pathsIn(await deployedTemplate(target, stack));
}

/** The text of the template that a stack was last deployed from; empty where there is no such stack. */
export async function deployedTemplate(target: Pick<Target, 'clients'>, stack: string): Promise<string> {
  const [client, { GetTemplateCommand }] = await Promise.all([
    target.clients.cloudformation(),
    import('@aws-sdk/client-cloudformation'),
  ]);
  try {
    const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName: stack }));
    return TemplateBody;
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return '';
    throw error;
  }
}

/** Construct paths by logical id, as a template of the CDK has them. */
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
    // A template in YAML was not made by the CDK, and has no paths.
  }
  return paths;
}
