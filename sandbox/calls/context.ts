import type { OnDecided } from '../authorization/authorize.ts';
import type { CallerPolicies } from '../authorization/caller-policies.ts';
import type { Deployments } from '../services/cloudformation/deployments.ts';
import type { Tables } from '../services/dynamodb/tables.ts';
import type { Sockets } from '../services/execute-api/sockets.ts';
import type { Functions } from '../services/lambda/runtime/functions.ts';
import type { Logs } from '../services/logs/writer.ts';
import type { Sessions } from '../sigv4/session.ts';
import type { Blobs } from '../state/blobs.ts';
import type { Store } from '../state/store.ts';
import type { Weather } from '../weather/weather.ts';
import type { Caller } from './caller.ts';
import type { Ids } from './ids.ts';

/** Time: injected, so that tests can control it. */
export interface Clock {
  now(): Date;
}

/** This practice account's current address. Stored state contains no port, so this is read late. */
export interface Address {
  /** `http://127.0.0.1:4566` */
  http(): string;
  /** `ws://127.0.0.1:4566` */
  ws(): string;
}

/** Calls another service's operation as over HTTP, but in process. */
export type Perform = <Output = unknown>(
  service: string,
  operation: string,
  input: object,
  options?: {
    /** The caller; by default, the caller of the call that this one is made for. */
    readonly caller?: Caller;
    readonly region?: string;
    /** The id for the new resource: CloudFormation records it before it acts. */
    readonly assignedId?: string;
    /** The id of the call; by default a new one. */
    readonly requestId?: string;
    readonly onDecided?: OnDecided;
  },
) => Promise<Output>;

/** The parts that a practice account consists of; `index.ts` wires them. */
export interface World {
  /**
   * Resolves when the files have been checked and interrupted deployments are finished; never, if the start fails.
   * Requests wait for it.
   */
  readonly ready: Promise<void>;
  readonly store: Store;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly address: Address;
  /** This account's folder, `.lab/account`. */
  readonly folder: string;
  /** Temporary credentials. */
  readonly sessions: Sessions;
  /** The policies of users and roles. */
  readonly callerPolicies: CallerPolicies;
  readonly logs: Logs;
  readonly functions: Functions;
  readonly sockets: Sockets;
  readonly tables: Tables;
  /** The stack operations in progress. */
  readonly deployments: Deployments;
  /** Creates the missing parts of the CDK's bootstrap in an account and region. */
  readonly bootstrap: (place: { readonly accountId: string; readonly region: string }) => Promise<void>;
  /** Decides when each reader sees a change. */
  readonly weather: Weather;
  /** Shows a message to the person who runs the account. */
  readonly say: (message: string, kind?: 'mail') => void;
}

/** An operation's context besides its input: the caller, the origin, and the parts that it needs. */
export type Call<Needs extends keyof World = keyof World> = Pick<World, Needs> & {
  readonly caller: Caller;
  /** The account of the call: the caller's, or for an unsigned call, that of the resource it names. */
  readonly accountId: string;
  readonly region: string;
  readonly requestId: string;
  /** The service that makes the call with its caller's credentials: `cloudformation.amazonaws.com`. */
  readonly via?: string | undefined;
  /** The id for the new resource, if CloudFormation has recorded one. */
  readonly assignedId?: string | undefined;
  /** A checker made the call: events that follow from it say so. */
  readonly isProbe?: true | undefined;
  readonly perform: Perform;
};

/**
 * Returns an object with its own members that inherits all others. Spreading the world takes 10 µs, on every call.
 * Spreading the result loses what it inherits.
 */
export function extending<Whole extends object, Own extends object>(whole: Whole, own: Own): Whole & Own {
  return Object.assign(Object.create(whole), own);
}

/** The scope of state that belongs to one account in one region. */
export function regional(call: { readonly accountId: string; readonly region: string }): string {
  return `${call.accountId}/${call.region}`;
}

/** The scope of state that belongs to one account in all regions, such as IAM's. */
export function global(call: { readonly accountId: string }): string {
  return `${call.accountId}/global`;
}
