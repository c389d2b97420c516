import type { KeyObject } from 'node:crypto';
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

/** Who makes a call. Every call has a caller, also one that a service makes for another. */
export interface Caller {
  /** Twelve digits. */
  readonly accountId: string;
  /** As GetCallerIdentity gives it: `arn:aws:iam::…:user/…`, `arn:aws:sts::…:assumed-role/…/…`. */
  readonly arn: string;
  /** AWS's unique id: `AIDA…` for a user, `AROA…:session` for a role. */
  readonly userId: string;
  readonly type: 'user' | 'assumed-role' | 'service' | 'anonymous';
  /** The role behind an assumed-role session. */
  readonly roleArn?: string;
  /** What temporary credentials say beside whose they are; long-term keys have none. */
  readonly session?: CallerSession;
}

export interface CallerSession {
  /** When the credentials were issued: ISO 8601. */
  readonly issued: string;
  /** The session policy that AssumeRole was given, as JSON. */
  readonly policy?: string;
  /** ARNs of managed policies that AssumeRole was given as session policies. */
  readonly policyArns?: readonly string[];
  /** The function that the credentials were made for. */
  readonly functionArn?: string;
  /** The tags that AssumeRole was given, and those handed on by the session that called it. */
  readonly tags?: ReadonlyArray<{ readonly Key: string; readonly Value: string }>;
  /** Which of the tags the next session of a chain has too: their keys in lower case. */
  readonly transitive?: readonly string[];
  /** Who is behind the session, as the first of its chain was told. */
  readonly sourceIdentity?: string;
}

/** Time, ids and randomness: injected, so that tests can hold them still. */
export interface Clock {
  now(): Date;
}

export interface Ids {
  /** A v4 UUID, as request ids are. */
  uuid(): string;
  /** `length` characters of lower-case letters and digits, as API Gateway's ids are. */
  short(length?: number): string;
  /** `prefix` and 17 upper-case letters and digits, as IAM's unique ids are. */
  unique(prefix: string): string;
  /** Random bytes. */
  bytes(length: number): Buffer;
  /** The private key of a new pair, RSA of 2048 bits. */
  rsaKey(): Promise<KeyObject>;
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
  /** Who sees what when. */
  readonly weather: Weather;
  /** Tells the person who runs the account something they should know. */
  readonly say: (message: string) => void;
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
