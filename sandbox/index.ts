import { randomUUID } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { bootstrapCdk, restoreBootstrap } from './account/cdk-bootstrap.ts';
import { identityOf } from './account/identity.ts';
import { returnMemoryWhenIdle } from './account/idle-memory.ts';
import { openStore } from './account/open-store.ts';
import { announceOwner, ownerOf, withdrawOwner } from './account/owner.ts';
import type { PracticeAccount, PracticeAccountOptions } from './account/practice-account.ts';
import { withSpareKeys } from './account/spare-keys.ts';
import { UnsupportedCalls } from './account/unsupported-calls.ts';
import { checkFiles } from './account/wholeness.ts';
import { administrator } from './authorization/administrator.ts';
import { CallerPolicies } from './authorization/caller-policies.ts';
import type { Caller } from './calls/caller.ts';
import type { Clock, World } from './calls/context.ts';
import { randomIds } from './calls/ids.ts';
import { performAs } from './calls/perform.ts';
import { services } from './calls/services.ts';
import { createControl } from './http/control.ts';
import { Guard } from './http/guard.ts';
import { KeptConnections } from './http/kept-connections.ts';
import { listen } from './http/listen.ts';
import { createAccountServer } from './http/server.ts';
import { Deployments } from './services/cloudformation/deployments.ts';
import { recoverStacks } from './services/cloudformation/engine/recover.ts';
import { sentCodes } from './services/cognito-idp/users/sent-codes.ts';
import { DynaliteTables } from './services/dynamodb/dynalite-tables.ts';
import { LimitedReads } from './services/dynamodb/limited-reads.ts';
import { createSockets } from './services/execute-api/create-sockets.ts';
import { liveRoutes } from './services/execute-api/live.ts';
import { signerOf } from './services/execute-api/signer.ts';
import { findAccessKey } from './services/iam/access-key.ts';
import { prepareDeployedLast } from './services/lambda/deployed-last.ts';
import { endOrphans } from './services/lambda/runtime/end-orphans.ts';
import { FunctionProcesses } from './services/lambda/runtime/function-processes.ts';
import { hasScratch } from './services/lambda/runtime/process-folders.ts';
import { LogFiles } from './services/logs/log-files.ts';
import type { Authenticator } from './sigv4/authenticate.ts';
import { Sessions } from './sigv4/session.ts';
import { Blobs } from './state/blobs.ts';
import { Readers } from './trace/readers.ts';
import { Recorder } from './trace/recorder.ts';
import { awsWeather } from './weather/aws.ts';
import { calm } from './weather/weather.ts';

export { ForeignFormatError, identityOf } from './account/identity.ts';
export { AccountBusyError, type Owner, ownerOf } from './account/owner.ts';
export type { PracticeAccount, PracticeAccountOptions } from './account/practice-account.ts';
export type { Limits } from './http/kept-connections.ts';
export { DamagedStateError } from './state/damaged-state-error.ts';
export type * from './trace/correlation.ts';
export type * from './trace/events.ts';
export type * from './trace/traced-decision.ts';
export type { Forecast } from './weather/weather.ts';

/** How long unreferenced blobs can wait for a record, in milliseconds. */
const anHour = 60 * 60 * 1000;

/**
 * Starts the practice account in a folder. Rejects with `AccountBusyError` if another process owns it, with
 * `ForeignFormatError` if its state belongs to another version, with `DamagedStateError` if it is incomplete, and with
 * the system's `EADDRINUSE` if the port is taken.
 */
export async function startPracticeAccount(options: PracticeAccountOptions): Promise<PracticeAccount> {
  const { folder, region = 'us-east-1', command = 'a program', ids: given = randomIds } = options;
  const ids = options.lasting === true ? withSpareKeys(given) : given;
  // One per account: identifies its events.
  const { clock: time = { now: () => new Date() } } = options;
  const clock: Clock = { now: () => time.now() };
  const say = options.say ?? (() => {});
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Even if the folder existed before: it contains secrets, and functions' logs. Not every file system has modes.
  await chmod(folder, 0o700).catch(() => {});
  const identity = await identityOf(folder);
  const store = await openStore(folder);
  store.onBroken = ({ message }) => say(message);
  /** Things to close, the last first: at the end, or if the start fails, so that no lock remains. */
  const opened: Array<() => unknown> = [() => store.close()];

  async function close(): Promise<void> {
    for (const end of opened.splice(0).reverse()) {
      await Promise.resolve()
        .then(end)
        .catch((error) => say(`The practice account couldn't be closed completely: ${error?.stack ?? error}`));
    }
  }

  try {
    // An account that is closed ends its functions, then withdraws; one that was killed may have left some.
    if ((await ownerOf(folder)) !== undefined || hasScratch(folder)) endOrphans(folder);
    const guard = new Guard();
    const nonce = randomUUID();
    const recorder = new Recorder(clock);
    const readers = new Readers(recorder, ids.short(8));
    opened.push(
      () => recorder.close(),
      () => readers.close(),
    );
    const admin = administrator(identity.accountId);
    let port = 0;

    const { seed = 1, scale, now } = options;
    const weather =
      options.weather === 'aws' ? awsWeather({ store, clock, seed, scale, ...(now && { now }) }) : calm(store);
    const { forecast } = weather;
    let admitAll = () => {};
    const core = {
      ready: new Promise<void>((resolve) => {
        admitAll = resolve;
      }),
      store,
      weather,
      blobs: await Blobs.open(join(folder, 'blobs')),
      clock,
      ids,
      address: { http: () => `http://127.0.0.1:${port}`, ws: () => `ws://127.0.0.1:${port}` },
      folder,
      sessions: new Sessions(Buffer.from(identity.sealingKey, 'base64')),
      callerPolicies: new CallerPolicies(store),
      deployments: new Deployments(),
      say,
    };
    opened.push(() => withdrawOwner(folder));
    const tables = new LimitedReads(new DynaliteTables(join(folder, 'dynamodb'), say, weather));
    opened.push(() => tables.close());
    const logFiles = new LogFiles(join(folder, 'logs'), core);
    opened.push(() => logFiles.close());
    const logs = weather.logs(logFiles);
    const functions = new FunctionProcesses({ ...core, logs, tables }, { prepares: options.preparesFunctions ?? true });
    opened.push(
      () => functions.close(),
      () => core.deployments.close(),
    );

    const authenticator: Authenticator = {
      clock,
      sessions: core.sessions,
      accessKey: (id) =>
        id === identity.accessKeyId
          ? { secretAccessKey: identity.secretAccessKey, caller: admin }
          : findAccessKey(id, weather.seenBy('sts')),
    };
    const asCaller = (caller: Caller, place: string) => performAs(caller, place, world, services);
    const sockets = createSockets(
      { ...core, functions, logs },
      { authenticate: signerOf(authenticator), performAs: asCaller },
    );
    const world: World = {
      ...core,
      logs,
      tables,
      functions,
      sockets,
      bootstrap: (place) => restoreBootstrap(world, place),
    };

    const kept = new KeptConnections(core);
    const links = new Set<Duplex>();
    const unsupported = new UnsupportedCalls(clock);
    const server = createAccountServer({
      world,
      services,
      guard,
      authenticator,
      kept,
      links,
      unsupported,
      control: createControl(nonce, {
        guard,
        readers,
        failing: sockets.failing,
        reads: tables,
        mail: () => sentCodes(core),
        unsupported: () => unsupported.all(),
        limits: () => kept.limits(),
        quietFor: (least, longest) => functions.quietFor(least, longest),
        live: () => ({
          processes: functions.processes(),
          connections: sockets.open(),
          stages: liveRoutes(store),
        }),
        stop: () => options.onStop?.(),
      }),
      region,
    });
    opened.push(() => {
      server.close();
      server.closeAllConnections();
      for (const link of links) link.destroy();
    });
    // Closed first: `$disconnect` functions call the account.
    opened.push(() => sockets.close());

    port = await listen(server, options.port ?? 0);
    // The functions' processes start while this one checks its files.
    if (options.lasting === true) prepareDeployedLast(world);
    await checkFiles(world);
    await bootstrapCdk(world, { accountId: identity.accountId, region });
    await recoverStacks(world, asCaller);
    // It may have deleted or restored functions.
    if (options.lasting === true) prepareDeployedLast(world);
    await core.blobs.sweep(store.records(), new Date(clock.now().getTime() - anHour));
    await announceOwner(folder, {
      pid: process.pid,
      command,
      lasting: options.lasting ?? false,
      port,
      nonce,
      forecast,
    });
    admitAll();
    if (options.lasting === true) opened.push(returnMemoryWhenIdle());
    // Not awaited: the account is available while functions handle the connections that a crash ended.
    void sockets.recover();

    return {
      port,
      url: world.address.http(),
      region,
      identity,
      forecast,
      allowPage: (origin) => guard.allowPage(origin),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
