import type { Perform } from '../../../calls/context.ts';
import type { Ids } from '../../../calls/ids.ts';
import type { Tag } from '../records.ts';

/** A resource as its handler sees it: all values resolved. */
export interface Resource<Properties> {
  readonly logicalId: string;
  readonly stackName: string;
  readonly physicalId: string;
  readonly properties: Properties;
  /** The stack's tags and CloudFormation's own, and over them the resource's. */
  readonly tags: readonly Tag[];
}

export interface ResourceCall {
  readonly perform: Perform;
  readonly accountId: string;
  readonly region: string;
  readonly ids: Pick<Ids, 'bytes' | 'short' | 'uuid'>;
  /** Throws `InterruptedError` once the account closes: asked by what waits. */
  check(): void;
  isStack(stackId: string): boolean;
  /** A stack's outputs as they are kept, with addresses in their placeholder form. */
  outputsOf(stackId: string): Readonly<Record<string, string>>;
}

/** `Fn::GetAtt`'s values. An address is given in its placeholder form, which holds no port. */
export type Attributes = Readonly<Record<string, string>>;

/** What a creation comes to. */
export interface Created {
  readonly attributes?: Attributes;
  /** The physical id, where it could not be known beforehand after all. */
  readonly physicalId?: string;
}

/**
 * One resource type: what it takes, and how it is made, changed and taken away by its service's own operations.
 * The physical id is decided before anything is created, so that a killed deployment can be taken back; it is
 * also what `Ref` gives.
 */
export interface ResourceType<Properties> {
  /** Every property that is served, and what a change of it asks for. */
  readonly properties: Readonly<Record<keyof Properties & string, 'update' | 'replace'>>;
  readonly required?: ReadonlyArray<keyof Properties & string>;
  /** Names of members, at any depth, that are numbers or booleans: templates may have them as text. */
  readonly numbers?: readonly string[];
  readonly booleans?: readonly string[];
  /** Whether it takes tags: a change of the stack's tags is then a change of it. */
  readonly taggable?: boolean;
  /** What `Fn::GetAtt` takes; `Outputs.*` is every name that begins so. */
  readonly attributes?: readonly string[];
  /** The physical id of a new resource: the name in its properties, a generated name, or an id drawn beforehand. */
  identify(resource: Omit<Resource<Properties>, 'physicalId'>, call: ResourceCall): string | Promise<string>;
  /**
   * For types whose name the template may choose: whether that name is taken. Asked before the intent is written
   * down, since what is written down is deleted in a rollback.
   */
  exists?(resource: Resource<Properties>, call: ResourceCall): Promise<boolean>;
  create(resource: Resource<Properties>, call: ResourceCall): Promise<Created>;
  /**
   * Brings a resource from `former` to what it should be. It may be called when that is already so, or half so.
   * Types without it have nothing that can be changed in place.
   */
  update?(resource: Resource<Properties>, former: Resource<Properties>, call: ResourceCall): Promise<Attributes>;
  /** Takes the resource away; what is not there is no error. */
  delete(resource: Resource<Properties>, call: ResourceCall): Promise<void>;
}

/** A type as the registry holds it: whatever its properties. */
export interface AnyResourceType {
  readonly properties: Readonly<Record<string, 'update' | 'replace'>>;
  readonly required?: readonly string[];
  readonly numbers?: readonly string[];
  readonly booleans?: readonly string[];
  readonly taggable?: boolean;
  readonly attributes?: readonly string[];
  identify(resource: Omit<Resource<never>, 'physicalId'>, call: ResourceCall): string | Promise<string>;
  exists?(resource: Resource<never>, call: ResourceCall): Promise<boolean>;
  create(resource: Resource<never>, call: ResourceCall): Promise<Created>;
  update?(resource: Resource<never>, former: Resource<never>, call: ResourceCall): Promise<Attributes>;
  delete(resource: Resource<never>, call: ResourceCall): Promise<void>;
}

/** Types a resource type from its parts. */
export function resourceType<Properties>(definition: ResourceType<Properties>): ResourceType<Properties> {
  return definition;
}
