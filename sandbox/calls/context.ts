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

/** Time: injected, so that tests can hold it still. */
export interface Clock {
  now(): Date;
}

/** Where this practice account can be reached now. Stored state holds no port, so this is asked late. */
export interface Address {
  /** `http://127.0.0.1:4566` */
  http(): string;
  /** `ws://127.0.0.1:4566` */
  ws(): string;
}

/** Calls another service's operation, as it would be called over the wire, without the wire. */
export type Perform = <Output = unknown>(
  service: string,
  operation: string,
  input: object,
  options?: {
    /** Who calls; by default, whoever made the call that this one is made for. */
    readonly caller?: Caller;
    readonly region?: string;
    /** The id that what is created gets: CloudFormation writes it down before it acts. */
    readonly assignedId?: string;
    /** The id of the call; by default a new one. */
    readonly requestId?: string;
    readonly onDecided?: OnDecided;
  },
) => Promise<Output>;

/** The parts a practice account is made of; `index.ts` wires them. */
export interface World {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly address: Address;
  /** The folder this account lives in, `.lab/account`. */
  readonly folder: string;
  /** Temporary credentials. */
  readonly sessions: Sessions;
  /** What users and roles may do. */
  readonly callerPolicies: CallerPolicies;
  readonly logs: Logs;
  readonly functions: Functions;
  readonly sockets: Sockets;
  readonly tables: Tables;
  /** The stack operations at work. */
  readonly deployments: Deployments;
  /** Makes what is missing of the CDK's bootstrap in an account and region. */
  readonly bootstrap: (place: { readonly accountId: string; readonly region: string }) => Promise<void>;
  /** Who sees what when. */
  readonly weather: Weather;
  /** Tells the person who runs the account something they should know. */
  readonly say: (message: string, kind?: 'mail') => void;
}

/** What an operation gets beside its input: who calls, from where, and the parts it asks for. */
export type Call<Needs extends keyof World = keyof World> = Pick<World, Needs> & {
  readonly caller: Caller;
  /** The account the call is about: the caller's, or of an unsigned call, that of what it names. */
  readonly accountId: string;
  readonly region: string;
  readonly requestId: string;
  /** The service that makes the call with its caller's credentials: `cloudformation.amazonaws.com`. */
  readonly via?: string;
  /** The id that what is created gets, if CloudFormation has written one down. */
  readonly assignedId?: string;
  readonly perform: Perform;
};

/** The scope of state that belongs to one account in one region. */
export function regional(call: { readonly accountId: string; readonly region: string }): string {
  return `${call.accountId}/${call.region}`;
}

/** The scope of state that belongs to one account in all regions, as IAM's does. */
export function global(call: { readonly accountId: string }): string {
  return `${call.accountId}/global`;
}
