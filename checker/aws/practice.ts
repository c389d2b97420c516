import { join } from 'node:path';
import { ForeignFormatError, type Identity, identityOf } from '../../sandbox/account/identity.ts';
import { AccountBusyError, type Owner, ownerOf, proofHeader, proofOf } from '../../sandbox/account/owner.ts';
import { type Ids, randomIds } from '../../sandbox/calls/ids.ts';
import type { Forecast, Limits, PracticeAccount } from '../../sandbox/index.ts';
import { DamagedStateError } from '../../sandbox/state/damaged-state-error.ts';
import { LabError } from '../failures/errors.ts';
import { fileFailure } from '../failures/file-failure.ts';
import { askPort, type PortAnswer, type Question } from './ask-port.ts';
import { type Environment, misleadingNames, quietCdk } from './environment.ts';
import type { FailingCall, Mail, Quiet, ReadLimit, UnsupportedCall } from './target.ts';

export type { CallEvent, TracedDecision, TraceEvent } from '../../sandbox/index.ts';
export { type Forecast, type Identity, type Ids, type Limits, type Owner, type PracticeAccount, randomIds };

/** The port of a lasting practice account, unless it is taken. */
export const usualPort = 4566;

/** Its name in messages. */
export const practiceTitle = 'the practice account';

/** The region of the practice account. */
export const practiceRegion = 'us-east-1';

/** Where the practice account of a checkout lives. */
export function accountFolder(root: string): string {
  return join(root, '.lab', 'account');
}

/** The account's identity: random access keys, created once per checkout. */
export async function practiceIdentity(root: string): Promise<Identity> {
  return identityOf(accountFolder(root)).catch((error: unknown) => {
    throw explained(error);
  });
}

/** The weather to start an account in: like AWS, with a seed for everything random. */
export interface Weather {
  readonly seed: string | number;
}

export interface PracticeStart {
  readonly root: string;
  readonly port: number;
  /** This process's name in messages to others that wait for it. */
  readonly command: string;
  readonly lasting: boolean;
  readonly say: (message: string, kind?: 'mail') => void;
  readonly onStop?: () => void;
  /** The machine's clock, except in proofs that take time. */
  readonly clock?: { now(): Date };
  /** Random, unless many accounts are created. */
  readonly ids?: Ids;
  /** Calm, except in proofs about AWS. */
  readonly weather?: Weather;
}

/** Starts the practice account in this process, or returns who has it, or that the port is taken. */
export async function startPractice({
  root,
  weather,
  ...options
}: PracticeStart): Promise<PracticeAccount | { busy: Owner | undefined } | 'port taken'> {
  // Loaded only here: commands that use a running account start sooner without.
  const { startPracticeAccount } = await import('../../sandbox/index.ts');
  try {
    return await startPracticeAccount({
      ...options,
      folder: accountFolder(root),
      // An account that ends with its command uses few of its functions. Starting all would take the cores from those.
      preparesFunctions: options.lasting,
      region: practiceRegion,
      weather: weather && 'aws',
      seed: weather?.seed,
    });
  } catch (error) {
    if (error instanceof AccountBusyError) return { busy: error.owner };
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === 'listen' && (code === 'EADDRINUSE' || code === 'EACCES')) return 'port taken';
    throw explained(error);
  }
}

/** The running account that others of this checkout may use; undefined if there is none. */
export async function runningAccount(root: string): Promise<Owner | undefined> {
  const owner = await ownerOf(accountFolder(root));
  return owner?.lasting && (await isOwner(owner)) ? owner : undefined;
}

/** The owner that owner.json names, alive or not. */
export function announcedOwner(root: string): Promise<Owner | undefined> {
  return ownerOf(accountFolder(root));
}

/** Whether any process has the account now: its lock on the state is released however that process ends. */
export async function isHeld(root: string): Promise<boolean> {
  // Other reasons why the state can't be opened are reported when the account is next opened.
  return (await opened(root)) === 'held';
}

/** Returns why the account is unusable, in words; undefined if it is intact, or in use now. */
export async function damageOf(root: string): Promise<LabError | undefined> {
  const failure = await practiceIdentity(root).then(
    () => opened(root),
    (error: unknown) => error,
  );
  if (failure === undefined || failure === 'held') return undefined;
  const known = explained(failure);
  if (known instanceof LabError) return known;
  throw failure;
}

/** Opens the account's state and closes it again; `held` if another process has it, or the error. */
async function opened(root: string): Promise<unknown> {
  const { Store } = await import('../../sandbox/state/store.ts');
  try {
    const store = await Store.open(join(accountFolder(root), 'state'));
    return await store.close();
  } catch (error) {
    return (error as { cause?: { code?: string } }).cause?.code === 'LEVEL_LOCKED' ? 'held' : error;
  }
}

/** Whether the account at that port is the owner's: another clone's may have the port by now. */
export async function isOwner(owner: Owner): Promise<boolean> {
  return tell(owner, 'GET', 'owner');
}

/** Sends the owner one of the few requests between a checkout's processes; false if it didn't answer. */
export async function tell(owner: Owner, method: 'GET' | 'POST', action: string, body?: string): Promise<boolean> {
  const answer = await askOwner(owner, { method, path: action, body });
  return answer?.status === 204;
}

/** Calls the account's control API; undefined if something else answers at that port. */
export async function askOwner(
  { port, nonce }: Owner,
  { path, ...question }: Question,
): Promise<PortAnswer | undefined> {
  const answer = await askPort(port, { ...question, path: `/_lab/${path}`, headers: { 'x-lab-nonce': nonce } });
  return answer?.headers[proofHeader] === proofOf(nonce) ? answer : undefined;
}

/**
 * Returns what the account in a folder says about something, whichever process has it; undefined if it doesn't answer.
 */
export async function askAccount(folder: string, path: string, body?: string): Promise<unknown> {
  const owner = await ownerOf(folder);
  const answer = owner && (await askOwner(owner, { method: body === undefined ? 'GET' : 'POST', path, body }));
  return answer?.status === 200 ? JSON.parse(answer.body) : undefined;
}

/** Returns the mail of the account in a folder; none if it doesn't answer. */
export async function practiceMail(folder: string): Promise<readonly Mail[]> {
  const answer = (await askAccount(folder, 'mail')) as { messages: readonly Mail[] } | undefined;
  return answer?.messages ?? [];
}

/** Returns the unsupported calls of functions in the account in a folder; none if it doesn't answer. */
export async function unsupportedCalls(folder: string): Promise<readonly UnsupportedCall[]> {
  const answer = (await askAccount(folder, 'unsupported')) as { calls: readonly UnsupportedCall[] } | undefined;
  return answer?.calls ?? [];
}

/**
 * Returns how long no function has been running in the account in a folder, as `Target.quietFor` does; undefined if it
 * doesn't answer, or doesn't say, because it was started before the workshop was updated.
 */
export async function practiceQuietFor(folder: string, wait: Quiet): Promise<number | undefined> {
  const answer = (await askAccount(folder, 'quiet', JSON.stringify(wait))) as { ms: number } | undefined;
  return answer?.ms;
}

/**
 * Lets calls for a connection id fail, or posts take longer, in the account in a folder, as `Target.letFail` does;
 * undefined if it doesn't answer, or can't, because it was started before the workshop was updated.
 */
export async function letPracticeFail(folder: string, call: FailingCall): Promise<number | undefined> {
  const answer = (await askAccount(folder, 'failing', JSON.stringify(call))) as { times: number } | undefined;
  return answer?.times;
}

/**
 * Limits reads of a table in the account in a folder, as `Target.limitReads` does; false if it doesn't answer, or
 * can't, because it was started before the workshop was updated.
 */
export async function limitPracticeReads(folder: string, reads: ReadLimit): Promise<boolean> {
  return (await askAccount(folder, 'reads', JSON.stringify(reads))) !== undefined;
}

/** Returns how close a running account is to its limits; undefined if it doesn't say. */
export async function practiceLimits(owner: Owner): Promise<Limits | undefined> {
  const answer = await askOwner(owner, { method: 'GET', path: 'limits' });
  return answer?.status === 200 ? (JSON.parse(answer.body) as Limits) : undefined;
}

/** The environment that an AWS program needs to use the practice account at this port. */
export function practiceEnvironment(identity: Identity, port: number): Environment {
  return {
    ...Object.fromEntries(misleadingNames().map((name) => [name, undefined])),
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: identity.accessKeyId,
    AWS_SECRET_ACCESS_KEY: identity.secretAccessKey,
    AWS_REGION: practiceRegion,
    AWS_DEFAULT_REGION: practiceRegion,
    // Without this, a client that finds no credentials would ask an address outside of this machine.
    AWS_EC2_METADATA_DISABLED: 'true',
    ...quietCdk,
  };
}

/** Explains problems with an account's folder; leaves other errors unchanged. */
function explained(error: unknown): unknown {
  if (error instanceof ForeignFormatError) {
    return new LabError(
      error.message,
      '`npx lab sandbox reset` creates a new practice account. That deletes everything deployed in it; your files stay.',
      { cause: error },
    );
  }
  const { code = '', cause } = error as NodeJS.ErrnoException & { cause?: { message?: string } };
  const failure = fileFailure(error);
  if (failure !== undefined) return failure;
  if (error instanceof DamagedStateError || code.startsWith('LEVEL_') || error instanceof SyntaxError) {
    return new LabError(
      `The state of the practice account in .lab/account is damaged: ${cause?.message ?? (error as Error).message}`,
      '`npx lab sandbox reset` creates a new one. That deletes everything deployed in it; your files stay.',
      { cause: error },
    );
  }
  return error;
}
