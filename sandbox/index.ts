import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { administrator } from './administrator.ts';
import { CallerPolicies } from './authorization/caller-policies.ts';
import { bootstrap } from './bootstrap.ts';
import type { Clock, Ids, World } from './context.ts';
import { createControl } from './control.ts';
import { Guard } from './guard.ts';
import { type Identity, identityOf } from './identity.ts';
import { randomIds } from './ids.ts';
import { performAs } from './perform.ts';
import { createAccountServer } from './server.ts';
import { Deployments } from './services/cloudformation/deployments.ts';
import { recoverStacks } from './services/cloudformation/engine/recover.ts';
import { DynaliteTables } from './services/dynamodb/dynalite-tables.ts';
import { createSockets } from './services/execute-api/create-sockets.ts';
import { signerOf } from './services/execute-api/signer.ts';
import { findAccessKey } from './services/iam/access-key.ts';
import { FunctionProcesses } from './services/lambda/runtime/function-processes.ts';
import { LogFiles } from './services/logs/log-files.ts';
import { services } from './services.ts';
import type { Authenticator } from './sigv4/authenticate.ts';
import { Sessions } from './sigv4/session.ts';
import { Blobs } from './state/blobs.ts';
import { Store } from './state/store.ts';

export { ForeignFormatError, type Identity, identityOf } from './identity.ts';

export interface PracticeAccountOptions {
  /** Where the account lives: `.lab/account`. */
  readonly folder: string;
  /** The port to listen on, on 127.0.0.1; 0 or absent takes a free one. */
  readonly port?: number;
  readonly region?: string;
  /** What this process is, for others that wait for it: `lab start`. */
  readonly command?: string;
  /** Whether the account stays until it is asked to stop, so that other processes of the checkout may use it. */
  readonly lasting?: boolean;
  readonly clock?: Clock;
  readonly ids?: Ids;
  /** Tells the person who runs the account something: a rollback at start, a fault of ours. */
  readonly say?: (message: string) => void;
  /** Called when another process of the checkout asked this one to stop. */
  readonly onStop?: () => void;
}

export interface PracticeAccount {
  readonly port: number;
  /** `http://127.0.0.1:4566` */
  readonly url: string;
  readonly region: string;
  readonly identity: Identity;
  /** Lets a page of ours, at this origin, call the account and open sockets. */
  allowPage(origin: string): void;
  /** Ends functions and sockets, and leaves the account to the next. */
  close(): Promise<void>;
}

/** Who owns an account's folder now, as `owner.json` says. */
export interface Owner {
  readonly pid: number;
  readonly command: string;
  /** Whether others may use the account while it is there; else they wait until it is free. */
  readonly lasting: boolean;
  readonly port: number;
  readonly nonce: string;
}

/** Another process owns the account. */
export class AccountBusyError extends Error {
  override readonly name = 'AccountBusyError';
  readonly owner: Owner | undefined;

  constructor(owner: Owner | undefined) {
    super(
      `The practice account is in use by ${owner === undefined ? 'another process' : `"${owner.command}" (process ${owner.pid})`}.`,
    );
    this.owner = owner;
  }
}

/** Who says they own the account in `folder`; they may be gone, or not be the one on that port: ask with the nonce. */
export async function ownerOf(folder: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, 'owner.json'), 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

/**
 * Starts the practice account that lives in a folder. Rejects with `AccountBusyError` where another process
 * owns it, with `ForeignFormatError` where its state is of another version, and with the system's
 * `EADDRINUSE` where the port is taken.
 */
export async function startPracticeAccount(options: PracticeAccountOptions): Promise<PracticeAccount> {
  const {
    folder,
    region = 'us-east-1',
    command = 'a program',
    clock = { now: () => new Date() },
    ids = randomIds,
  } = options;
  const say = options.say ?? (() => {});
  await mkdir(folder, { recursive: true });
  const identity = await identityOf(folder);
  const store = await openStore(folder);
  const guard = new Guard();
  const nonce = randomUUID();
  const admin = administrator(identity.accountId);
  let port = 0;

  const world: World = {
    store,
    blobs: await Blobs.open(join(folder, 'blobs')),
    clock,
    ids,
    address: { http: () => `http://127.0.0.1:${port}`, ws: () => `ws://127.0.0.1:${port}` },
    folder,
    sessions: new Sessions(Buffer.from(identity.sealingKey, 'base64')),
    callerPolicies: new CallerPolicies(store),
    deployments: new Deployments(),
    say,
  } as World;
  const logs = new LogFiles(join(folder, 'logs'), world);
  Object.assign(world, { logs });
  Object.assign(world, { tables: new DynaliteTables(join(folder, 'dynamodb'), say) });
  Object.assign(world, { functions: new FunctionProcesses(world) });

  const authenticator: Authenticator = {
    clock,
    sessions: world.sessions,
    accessKey: (id) =>
      id === identity.accessKeyId
        ? { secretAccessKey: identity.secretAccessKey, caller: admin }
        : findAccessKey(id, store),
  };
  const sockets = createSockets(world, {
    authenticate: signerOf(authenticator),
    performAs: (caller, place) => performAs(caller, place, world, services),
  });
  Object.assign(world, { sockets });

  const server = createAccountServer({
    world,
    services,
    guard,
    authenticator,
    control: createControl(nonce, guard, () => options.onStop?.()),
    region,
  });

  await bootstrap(world, { accountId: identity.accountId, region });
  await recoverStacks(world, (caller, place) => performAs(caller, place, world, services));

  try {
    port = await listen(server, options.port ?? 0);
  } catch (error) {
    await world.tables.close();
    await store.close();
    throw error;
  }
  const owner: Owner = { pid: process.pid, command, lasting: options.lasting ?? false, port, nonce };
  await writeFile(join(folder, 'owner.json'), JSON.stringify(owner), { mode: 0o600 });
  // Not waited for: the account is there, while functions see to the connections that a crash ended.
  void world.sockets.recover();

  return {
    port,
    url: world.address.http(),
    region,
    identity,
    allowPage: (origin) => guard.allowPage(origin),
    async close() {
      // First: `$disconnect` functions call the account.
      await world.sockets.close();
      server.close();
      server.closeAllConnections();
      await world.deployments.close();
      await world.functions.close();
      logs.close();
      await world.tables.close();
      await rm(join(folder, 'owner.json'), { force: true });
      await store.close();
    },
  };
}

/** LevelDB's own lock on its folder is the account's: the system frees it when the process ends, however it ends. */
async function openStore(folder: string): Promise<Store> {
  try {
    return await Store.open(join(folder, 'state'));
  } catch (error) {
    if (isLocked(error)) throw new AccountBusyError(await ownerOf(folder));
    throw error;
  }
}

function isLocked(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return code === 'LEVEL_LOCKED' || cause?.code === 'LEVEL_LOCKED';
}

function listen(server: ReturnType<typeof createAccountServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
