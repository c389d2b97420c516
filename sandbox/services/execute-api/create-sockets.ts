import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { World } from '../../calls/context.ts';
import { publish } from '../../trace/publish.ts';
import type { Connection, Ending } from './connection.ts';
import { disconnect } from './disconnect.ts';
import { expire } from './expire.ts';
import type { Gateway } from './gateway.ts';
import { FailingConnections } from './management/failing-connections.ts';
import { Pool } from './pool.ts';
import { type ConnectionRecord, connections, placeOf } from './records.ts';
import { serve } from './serve.ts';
import type { OpenConnection, Sockets } from './sockets.ts';
import { Throttle } from './throttle.ts';
import { refuse, refuseFailed, Upgrader } from './upgrade.ts';

/** How long `close` waits for `$disconnect` functions, in milliseconds. */
const patience = 10_000;

const goingAway: Ending = { code: 1001, reason: 'Going away' };
const lostEnding: Ending = { code: 1006, reason: '' };

/** An account's sockets. Create them before the account listens: connections stored then were lost in a crash. */
export function createSockets(
  world: Pick<World, 'store' | 'clock' | 'ids' | 'functions' | 'say' | 'callerPolicies' | 'weather' | 'logs'>,
  { authenticate, performAs }: Pick<Gateway, 'authenticate' | 'performAs'>,
): Sockets {
  const { store, clock, ids, functions, say, callerPolicies, weather, logs } = world;
  const pool = new Pool();
  const gateway: Gateway = {
    store,
    clock,
    ids,
    say,
    callerPolicies,
    weather,
    functions,
    logs,
    pool,
    throttle: new Throttle(clock),
    authenticate,
    performAs,
  };
  const upgrader = new Upgrader();
  const lost = connections.scopes(store).flatMap((scope) => connections.list(store, scope));
  /** Handshakes, open connections and `$disconnect`s that `close` waits for. */
  const work = new Set<Promise<void>>();
  let state: 'open' | 'closing' | 'closed' = 'open';
  const timer = setInterval(() => expire(pool, clock), 1_000).unref();

  function track(what: string, task: Promise<void>): Promise<void> {
    const tracked = task
      .catch((error) => {
        if (state !== 'closed') say(`${what} failed: ${(error as Error).stack ?? error}`);
      })
      .finally(() => work.delete(tracked));
    work.add(tracked);
    return tracked;
  }

  async function open(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const admission = await upgrader.decide(gateway, request, socket);
    if (admission.kind === 'refused') {
      const { status, message, requestId: trace, connectionId } = admission;
      publish(clock, () => ({
        trace,
        connectionId,
        ...admission.place,
        kind: 'refused',
        status,
        message,
      }));
      return;
    }
    const { record, subprotocol } = admission;
    const kept = store.jot([connections.put(`${record.accountId}/${record.region}`, record.connectionId, record)]);
    await kept.catch((error) => {
      refuseFailed(socket, error);
      throw error;
    });
    const webSocket = state === 'open' ? upgrader.accept(request, socket, head, subprotocol) : undefined;
    if (webSocket === undefined) socket.destroy();
    else {
      publish(clock, () => ({
        ...placeOf(record),
        trace: admission.requestId,
        kind: 'connected',
        ...principalOf(record),
      }));
    }
    // `$connect` has run, so `$disconnect` must run, too, even if the client has gone or the account is closing.
    const ending = webSocket === undefined ? lostEnding : await serve(gateway, record, webSocket, socket);
    await disconnect(gateway, record, ending);
  }

  return {
    upgrade(request, socket, head) {
      if (state !== 'open') {
        refuse(socket, { status: 503, message: 'Service Unavailable' });
        return;
      }
      const opening = open(request, socket, head).catch((error) => {
        socket.destroy();
        throw error;
      });
      track(`The connection to ${request.url?.split('?')[0]}`, opening);
    },
    connection: (connectionId) => pool.get(connectionId),
    failing: new FailingConnections(),
    open: () => pool.all().map(openConnection),
    closeStage(apiId, stage) {
      for (const connection of pool.all()) {
        const { record } = connection;
        if (record.apiId === apiId && (stage === undefined || record.stage === stage)) connection.close(goingAway);
      }
    },
    async recover() {
      const name = (record: ConnectionRecord) => `$disconnect of API ${record.apiId}`;
      await Promise.all(lost.map((record) => track(name(record), disconnect(gateway, record, lostEnding))));
    },
    async close() {
      state = 'closing';
      clearInterval(timer);
      for (const connection of pool.all()) connection.close(goingAway);
      let waiting: NodeJS.Timeout | undefined;
      const tired = new Promise((resolve) => {
        waiting = setTimeout(resolve, patience);
      });
      await Promise.race([Promise.all(work), tired]);
      clearTimeout(waiting);
      state = 'closed';
    },
  };
}

function openConnection({ record, lastActiveAt }: Connection): OpenConnection {
  const { connectionId, accountId, region, apiId, stage, connectedAt } = record;
  return { connectionId, accountId, region, apiId, stage, connectedAt, lastActiveAt, ...principalOf(record) };
}

function principalOf({ authorizer }: ConnectionRecord): { readonly principalId?: string } {
  return { principalId: authorizer?.principalId?.toString() };
}
