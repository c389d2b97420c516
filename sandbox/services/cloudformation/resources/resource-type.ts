import type { Perform, World } from '../../../calls/context.ts';
import type { Ids } from '../../../calls/ids.ts';
import type { Tag } from '../records.ts';

/** A resource as its handler sees it: all values are resolved. */
export interface Resource<Properties> {
  readonly logicalId: string;
  readonly stackName: string;
  readonly physicalId: string;
  readonly properties: Properties;
  /** The stack's tags and CloudFormation's own, overridden by the resource's. */
  readonly tags: readonly Tag[];
}

export interface ResourceCall {
  readonly perform: Perform;
  readonly accountId: string;
  readonly region: string;
  readonly ids: Pick<Ids, 'bytes' | 'short' | 'uuid'>;
  /** Throws `InterruptedError` once the account is closing: called by anything that waits. */
  check(): void;
  isStack(stackId: string): boolean;
  /** A stack's stored outputs, with placeholder addresses. */
  outputsOf(stackId: string): Readonly<Record<string, string>>;
}

/** `Fn::GetAtt`'s values. Addresses are placeholders, which contain no port. */
export type Attributes = Readonly<Record<string, string>>;

/** A creation's result. */
export interface Created {
  readonly attributes?: Attributes;
  /** The physical id, if it couldn't be determined in advance after all. */
  readonly physicalId?: string;
}

/**
 * One resource type: its properties, and how its service's own operations create, change and delete it. The physical id
 * is determined before anything is created, so that a killed deployment can be rolled back; it is also what `Ref`
 * returns.
 */
export interface ResourceType<Properties> {
  /** Every supported property, and what a change of it requires. */
  readonly properties: Readonly<Record<keyof Properties & string, 'update' | 'replace'>>;
  /** Whether a change of one that is usually updated replaces the resource in this case. A value can be unknown yet. */
  readonly replacesIf?: Readonly<
    Partial<Record<keyof Properties & string, (before: unknown, after: unknown) => boolean>>
  >;
  readonly required?: ReadonlyArray<keyof Properties & string>;
  /** Properties that are objects, and their members in the type's schema, which permits no others. */
  readonly members?: Readonly<Partial<Record<keyof Properties & string, readonly string[]>>>;
  /** Names of members, at any depth, that are numbers or booleans: templates can have them as strings. */
  readonly numbers?: readonly string[];
  readonly booleans?: readonly string[];
  /** Whether it has tags: then a change of the stack's tags changes it. */
  readonly taggable?: boolean;
  /** The attributes for `Fn::GetAtt`; `Outputs.*` is every name with that prefix. */
  readonly attributes?: readonly string[];
  /** The physical id of a new resource: the name in its properties, a generated name, or a preallocated id. */
  identify(resource: Omit<Resource<Properties>, 'physicalId'>, call: ResourceCall): string | Promise<string>;
  /**
   * For types whose name the template can choose: whether that name is taken. Called before the intent is recorded,
   * because a rollback deletes what is recorded.
   */
  exists?(resource: Resource<Properties>, call: ResourceCall): Promise<boolean>;
  create(resource: Resource<Properties>, call: ResourceCall): Promise<Created>;
  /**
   * Changes a resource from `former` to its desired state. May be called when that is already done, or half done. Types
   * without it have nothing that can be changed in place.
   */
  update?(resource: Resource<Properties>, former: Resource<Properties>, call: ResourceCall): Promise<Attributes>;
  /** Deletes the resource; a missing one is not an error. */
  delete(resource: Resource<Properties>, call: ResourceCall): Promise<void>;
  /** Called when the whole stack is there, to get ready for its first use. Nothing waits for that. */
  deployed?(attributes: Attributes, world: Pick<World, 'functions'>): void;
}

/** A type as the registry stores it: with any properties. */
export interface AnyResourceType {
  readonly properties: Readonly<Record<string, 'update' | 'replace'>>;
  readonly replacesIf?: Readonly<Partial<Record<string, (before: unknown, after: unknown) => boolean>>>;
  readonly required?: readonly string[];
  readonly members?: Readonly<Partial<Record<string, readonly string[]>>>;
  readonly numbers?: readonly string[];
  readonly booleans?: readonly string[];
  readonly taggable?: boolean;
  readonly attributes?: readonly string[];
  identify(resource: Omit<Resource<never>, 'physicalId'>, call: ResourceCall): string | Promise<string>;
  exists?(resource: Resource<never>, call: ResourceCall): Promise<boolean>;
  create(resource: Resource<never>, call: ResourceCall): Promise<Created>;
  update?(resource: Resource<never>, former: Resource<never>, call: ResourceCall): Promise<Attributes>;
  delete(resource: Resource<never>, call: ResourceCall): Promise<void>;
  deployed?(attributes: Attributes, world: Pick<World, 'functions'>): void;
}

/** Types a resource type from its parts. */
export function resourceType<Properties>(definition: ResourceType<Properties>): ResourceType<Properties> {
  return definition;
}
