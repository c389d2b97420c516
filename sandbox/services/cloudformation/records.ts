import type { OperationType } from '@aws-sdk/client-cloudformation';
import type { Caller } from '../../calls/caller.ts';
import { collection } from '../../state/collection.ts';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** A parameter of a stack; `ResolvedValue` is what a Systems Manager parameter of that name held. */
export interface StackParameter {
  readonly ParameterKey: string;
  readonly ParameterValue: string;
  readonly ResolvedValue?: string;
  /** Shown as asterisks. */
  readonly noEcho?: boolean;
}

/** An output; its value may hold a placeholder address, which becomes a live one when it is read. */
export interface StackOutput {
  readonly OutputKey: string;
  readonly OutputValue: string;
  readonly Description?: string;
  readonly ExportName?: string;
}

/** What a person asks a stack to be: a template and its circumstances. */
export interface StackDefinition {
  /** The id of the template in the stack's own scope; a stack that was never executed has none. */
  readonly template?: string;
  readonly Description?: string;
  readonly Parameters: readonly StackParameter[];
  readonly Tags: readonly Tag[];
  readonly Capabilities: readonly string[];
  readonly RoleARN?: string;
}

/** What is being done to a stack, for as long as it is being done. */
export interface StackOperation {
  /** The OperationId of its events; its rollback has another. */
  readonly id: string;
  readonly token?: string;
  /** Who acts on the resources: the caller, or the stack's role. */
  readonly caller: Caller;
  readonly onFailure: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';
  /** Whether a rollback deletes what the failed operation created though its policy is Retain. */
  readonly retainExceptOnCreate: boolean;
  /** Logical ids that DeleteStack leaves alone. */
  readonly retain: readonly string[];
  /** Of an update: what a rollback returns to. */
  readonly former?: StackDefinition;
}

/** A stack, by the last part of its id, in its account's regional scope. Deleted ones stay, as AWS's do. */
export interface StackRecord extends StackDefinition {
  readonly StackId: string;
  readonly StackName: string;
  /** Of a nested stack: the one that it is a resource of, and the outermost. */
  readonly ParentId?: string;
  readonly RootId?: string;
  readonly StackStatus: string;
  readonly StackStatusReason?: string;
  /** ISO 8601, as all dates here. */
  readonly CreationTime: string;
  readonly LastUpdatedTime?: string;
  readonly DeletionTime?: string;
  readonly DisableRollback: boolean;
  readonly EnableTerminationProtection: boolean;
  readonly NotificationARNs: readonly string[];
  readonly TimeoutInMinutes?: number;
  readonly Outputs: readonly StackOutput[];
  readonly ChangeSetId?: string;
  readonly operation?: StackOperation;
  /** The newest operation, and where that is a rollback, the one that it took back. */
  readonly LastOperations?: ReadonlyArray<{ readonly OperationType: OperationType; readonly OperationId: string }>;
}

/** What a resource is, as far as its handler can make it so again. */
export interface ResourceState {
  readonly physicalId?: string;
  /** Resolved: no intrinsic functions are left. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly tags: readonly Tag[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly dependsOn: readonly string[];
  readonly deletionPolicy: DeletionPolicy;
  readonly updateReplacePolicy: DeletionPolicy;
}

/**
 * `create`, `update` and `replace` are undone by a rollback. `restored` was put back by one, and what replaced it
 * is still to be deleted. `remove` is to be deleted when the update has succeeded.
 */
export type ResourceChange = 'create' | 'update' | 'replace' | 'restored' | 'remove';

export type DeletionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate';

/** A resource of a stack, by its logical id, in the stack's scope. */
export interface ResourceRecord extends ResourceState {
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly timestamp: string;
  readonly metadata?: string;
  /** What the operation in progress has done, or is about to do, to this resource. Written before it is done. */
  readonly change?: ResourceChange;
  /** What the resource was before that; of one that is `restored`, what it had become. */
  readonly former?: ResourceState;
}

/** A stack's event, by a key that sorts by age, in the stack's scope. */
export interface EventRecord {
  readonly EventId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId: string;
  readonly ResourceType: string;
  readonly ResourceStatus: string;
  readonly ResourceStatusReason?: string;
  readonly ResourceProperties?: string;
  readonly Timestamp: string;
  readonly ClientRequestToken?: string;
  readonly OperationId?: string;
}

/** A template's text, by the SHA-256 of it, in the stack's scope. */
export interface TemplateRecord {
  readonly body: string;
}

/** A change set, by the last part of its id, in the stack's scope. */
export interface ChangeSetRecord extends StackDefinition {
  readonly ChangeSetId: string;
  readonly ChangeSetName: string;
  readonly ChangeSetType: 'CREATE' | 'UPDATE';
  readonly ChangeSetDescription?: string;
  readonly CreationTime: string;
  readonly Status: string;
  readonly StatusReason?: string;
  readonly ExecutionStatus: string;
  readonly NotificationARNs: readonly string[];
  readonly OnStackFailure?: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';
  /** The SDK's `Change`s. */
  readonly Changes: readonly object[];
}

export const stacks = collection<StackRecord>('cloudformation/stack');
export const resources = collection<ResourceRecord>('cloudformation/resource');
export const events = collection<EventRecord>('cloudformation/event');
export const templates = collection<TemplateRecord>('cloudformation/template');
export const changeSets = collection<ChangeSetRecord>('cloudformation/change-set');

/** The last part of a stack's or change set's id, which is what it is kept under. */
export function key(arn: string): string {
  return arn.split('/').at(-1) ?? arn;
}

/** The scope of what belongs to one stack. */
export function stackScope(stackId: string): string {
  const [, , , region, accountId] = stackId.split(':');
  return `${accountId}/${region}/${key(stackId)}`;
}
