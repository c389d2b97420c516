import type { OperationType } from '@aws-sdk/client-cloudformation';
import type { Caller } from '../../calls/caller.ts';
import { collection } from '../../state/collection.ts';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** A stack's parameter; `ResolvedValue` is the value of the Systems Manager parameter that it names. */
export interface StackParameter {
  readonly ParameterKey: string;
  readonly ParameterValue: string;
  readonly ResolvedValue?: string;
  /** Shown as asterisks. */
  readonly noEcho?: boolean;
}

/** An output; its value can contain a placeholder address, which is replaced when it is read. */
export interface StackOutput {
  readonly OutputKey: string;
  readonly OutputValue: string;
  readonly Description?: string;
  readonly ExportName?: string;
}

/** A stack's definition: a template and its settings. */
export interface StackDefinition {
  /** The template's id in the stack's own scope; a stack that was never executed has none. */
  readonly template?: string;
  readonly Description?: string;
  readonly Parameters: readonly StackParameter[];
  readonly Tags: readonly Tag[];
  readonly Capabilities: readonly string[];
  readonly RoleARN?: string;
}

/** A stack's operation while it is in progress. */
export interface StackOperation {
  /** The OperationId of its events; its rollback has a different one. */
  readonly id: string;
  readonly token?: string;
  /** The caller that acts on the resources: the stack's role, or else the user's own. */
  readonly caller: Caller;
  readonly onFailure: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';
  /** Whether a rollback deletes what the failed operation created despite its Retain policy. */
  readonly retainExceptOnCreate: boolean;
  /** Logical ids that DeleteStack keeps. */
  readonly retain: readonly string[];
  /** For an update: the definition that a rollback restores. */
  readonly former?: StackDefinition;
}

/** A stack, by the last part of its id, in its account's regional scope. Deleted ones stay, like AWS's. */
export interface StackRecord extends StackDefinition {
  readonly StackId: string;
  readonly StackName: string;
  /** For a nested stack: its parent, and the outermost stack. */
  readonly ParentId?: string;
  readonly RootId?: string;
  readonly StackStatus: string;
  readonly StackStatusReason?: string;
  /** ISO 8601, like all dates here. */
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
  /** The newest operation, and if that is a rollback, the one that it rolled back. */
  readonly LastOperations?: ReadonlyArray<{ readonly OperationType: OperationType; readonly OperationId: string }>;
}

/** A resource's state, as far as its handler can restore it. */
export interface ResourceState {
  readonly physicalId?: string;
  /** Resolved: without intrinsic functions. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly tags: readonly Tag[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly dependsOn: readonly string[];
  readonly deletionPolicy: DeletionPolicy;
  readonly updateReplacePolicy: DeletionPolicy;
}

/**
 * A rollback undoes `create`, `update` and `replace`. `restored` was restored by one, and its replacement is still to
 * be deleted. `remove` is deleted when the update has succeeded.
 */
export type ResourceChange = 'create' | 'update' | 'replace' | 'restored' | 'remove';

export type DeletionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate';

/** A stack's resource, by its logical id, in the stack's scope. */
export interface ResourceRecord extends ResourceState {
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly timestamp: string;
  readonly metadata?: string;
  /** The change that the operation in progress makes, or has made, to this resource. Written before it happens. */
  readonly change?: ResourceChange;
  /** The resource's state before that; for a `restored` one, what it had become. */
  readonly former?: ResourceState;
}

/** A stack's event, with a key that sorts by age, in the stack's scope. */
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

/** A template's text, by its SHA-256, in the stack's scope. */
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

/** The last part of a stack's or change set's id, under which it is stored. */
export function key(arn: string): string {
  return arn.split('/').at(-1) ?? arn;
}

/** The scope of everything that belongs to one stack. */
export function stackScope(stackId: string): string {
  const [, , , region, accountId] = stackId.split(':');
  return `${accountId}/${region}/${key(stackId)}`;
}
