import type { IncomingMessage } from 'node:http';
import { type ClientOptions, WebSocket } from 'ws';

/** A user of an API, who keeps everything they receive. */
export interface Client {
  readonly socket: WebSocket;
  /** The next frame not yet taken, as text. */
  next(): Promise<string>;
  /** How the connection ended. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  say(message: object | string): void;
  /** Closes, and resolves when that is done. */
  leave(code?: number, reason?: string): Promise<void>;
}

/** The answer to a rejected handshake. */
export class RefusedError extends Error {
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];

  constructor(status: number, body: string, headers: IncomingMessage['headers']) {
    super(`The handshake was answered ${status}: ${body}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** Connects; rejects with `RefusedError` if the handshake gets any answer but 101. */
export function connect(url: string, options: ClientOptions & { readonly protocols?: string[] } = {}): Promise<Client> {
  const { protocols, ...rest } = options;
  const socket = new WebSocket(url, protocols ?? [], rest);
  const frames: string[] = [];
  const waiting: Array<(frame: string) => void> = [];
  socket.on('message', (data) => {
    const frame = data.toString();
    const take = waiting.shift();
    if (take === undefined) frames.push(frame);
    else take(frame);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  const client: Client = {
    socket,
    closed,
    next: () => {
      const frame = frames.shift();
      return frame === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(frame);
    },
    say: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    async leave(code, reason) {
      socket.close(code, reason);
      await closed;
    },
  };
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(client));
    socket.on('error', reject);
    socket.on('unexpected-response', (_request, response) => {
      const { statusCode = 0, headers } = response;
      readBody(response).then((body) => reject(new RefusedError(statusCode, body, headers)), reject);
    });
  });
}

/** The status of the handshake's answer; if it connects, it disconnects at once. */
export async function statusOf(url: string): Promise<number> {
  const answered = await connect(url).then(
    (guest) => guest.leave().then(() => ({ status: 101 })),
    (error: RefusedError) => error,
  );
  return answered.status;
}

/** The response to a rejected handshake. */
export async function refusalOf(url: string): Promise<RefusedError> {
  const guest = await connect(url).catch((error: RefusedError) => error);
  if (guest instanceof RefusedError) return guest;
  throw new Error(`${url} let somebody in.`);
}

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
