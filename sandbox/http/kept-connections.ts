import { readdirSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { World } from '../calls/context.ts';

/** How many connections one client can keep open: as many as a function's own agent does. */
const mostKept = 256;

/** How long an idle connection stays, in seconds, by how many its client has. */
const ages: ReadonlyArray<{ readonly upTo: number; readonly seconds: number }> = [
  { upTo: 8, seconds: 60 },
  { upTo: 64, seconds: 15 },
  { upTo: mostKept, seconds: 5 },
];

/** Additional seconds beyond the announced timeout, so that no request reaches a closing socket. */
const grace = 2;

/** The shortest time between identical reports, in milliseconds. */
const silence = 60_000;

/** The share of the process's file descriptors for connections. The rest is for files and functions. */
const share = 0.8;

/** How many connections must be open before the descriptors are counted, which takes 50 ms. */
const few = 200;

/** A limit and its use. */
interface Used {
  readonly open: number;
  readonly most: number;
}

/** The open connections of an account's process, and its limits. */
export interface Limits {
  readonly connections: Used;
  /** Files and sockets; undefined if the system doesn't report them. */
  readonly descriptors?: Used;
}

type KeeperWorld = Pick<World, 'say' | 'sessions'>;

/**
 * Limits the connections of clients that leave them open, by count and by age. A client is identified by its access
 * key, and each process of a function has its own. Only a client with too many gets `Connection: close`. Closing an
 * idle connection instead could lose a request that is on its way.
 */
export class KeptConnections {
  readonly #byClient = new Map<string, Set<Duplex>>();
  readonly #clients = new WeakMap<Duplex, string>();
  readonly #reported = new Map<string, number>();
  readonly #world: KeeperWorld;
  #open = 0;
  #most: number | undefined;

  constructor(world: KeeperWorld) {
    this.#world = world;
  }

  /** Limits a server's connections in total, and reports when they approach what the process can open. */
  guard(server: Server): void {
    server.on('connection', (socket) => {
      this.#open += 1;
      socket.once('close', () => {
        this.#open -= 1;
      });
      if (this.#open < few) return;
      server.maxConnections = this.#mostConnections();
      if (this.#open < server.maxConnections * 0.9) return;
      const sentence = `${this.#open} connections to the practice account are open, of ${server.maxConnections} that it accepts.`;
      this.#report('near', sentence);
      server.closeIdleConnections();
    });
    server.on('drop', () => {
      const advice = 'Close connections or the programs that hold them.';
      this.#report(
        'full',
        `The practice account rejects new connections: ${server.maxConnections} are open. ${advice}`,
      );
    });
  }

  /** Returns how close the process is to its limits. */
  limits(): Limits {
    const connections = { open: this.#open, most: this.#mostConnections() };
    const open = openDescriptors();
    return { connections, descriptors: open === undefined ? undefined : { open, most: descriptors() } };
  }

  #mostConnections(): number {
    this.#most ??= Math.floor(descriptors() * share);
    return this.#most;
  }

  /** Decides how long a request's connection stays open after the response, and returns the headers that say so. */
  admit(request: IncomingMessage, response: ServerResponse): Readonly<Record<string, string>> {
    const client = clientOf(request);
    const { socket } = request;
    const open = this.#count(client, socket);
    if (!response.shouldKeepAlive) return {};
    const age = ages.find(({ upTo }) => open <= upTo);
    if (age === undefined) {
      const advice = 'Create SDK clients outside the handler, or call destroy() on them.';
      const effect = 'Until it has fewer, each answer closes its connection.';
      this.#report(client, `${this.#nameOf(request)} keeps ${mostKept} connections open. ${advice} ${effect}`);
      return { connection: 'close' };
    }
    // After Node's own listener, which sets the server's timeout.
    response.once('finish', () => socket.setTimeout((age.seconds + grace) * 1000));
    return { connection: 'keep-alive', 'keep-alive': `timeout=${age.seconds}` };
  }

  /** Counts a connection toward its client and returns how many the client has. */
  #count(client: string, socket: Duplex): number {
    const former = this.#clients.get(socket);
    if (former === undefined) socket.once('close', () => this.#forget(socket));
    else if (former !== client) this.#forget(socket);
    const sockets = this.#byClient.get(client) ?? new Set();
    this.#byClient.set(client, sockets);
    this.#clients.set(socket, client);
    return sockets.add(socket).size;
  }

  #forget(socket: Duplex): void {
    const client = this.#clients.get(socket) ?? '';
    const sockets = this.#byClient.get(client);
    sockets?.delete(socket);
    if (sockets?.size === 0) this.#byClient.delete(client);
  }

  #nameOf({ headers }: IncomingMessage): string {
    const token = headers['x-amz-security-token'];
    const caller = typeof token === 'string' ? this.#world.sessions.read(token)?.caller : undefined;
    const functionName = caller?.session?.functionArn?.split(':')[6];
    return functionName === undefined
      ? `The client ${caller?.arn ?? clientOf({ headers })}`
      : `The function ${functionName}`;
  }

  #report(about: string, message: string): void {
    const now = performance.now();
    if (now - (this.#reported.get(about) ?? -silence) < silence) return;
    if (this.#reported.size > 1000) this.#reported.clear();
    this.#reported.set(about, now);
    this.#world.say(message);
  }
}

/** The access key that a request claims, which is enough to distinguish clients. */
function clientOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  return /\bCredential=(\w{1,128})/.exec(headers.authorization ?? '')?.[1] ?? 'without a signature';
}

/** Returns how many files and sockets this process has open; undefined on Windows. */
function openDescriptors(): number | undefined {
  try {
    return readdirSync('/dev/fd').length;
  } catch {
    return undefined;
  }
}

/** Returns how many files and sockets this process can open; Windows has no such limit. */
function descriptors(): number {
  const report = process.report as typeof process.report & { excludeNetwork: boolean };
  report.excludeNetwork = true;
  const { userLimits } = report.getReport() as { userLimits?: { open_files: { soft: number | string } } };
  const limit = Number(userLimits?.open_files.soft);
  return Number.isFinite(limit) ? limit : 100_000;
}
