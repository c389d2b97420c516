import type { WebSocket } from 'ws';
import { HandshakeTimeoutError, isFromApiGateway, isLate, notFromApiGateway } from './lost.ts';

export interface HandshakeOptions {
  readonly address: string;
  /** The query string of the URL. A parameter with several values is in it several times. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** The headers of somebody's browser, if they use one. */
  readonly browser?: Readonly<Record<string, string>> | undefined;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** How long it can take, in milliseconds. */
  readonly patience: number;
}

/** The room rejected somebody: the handshake was answered with this HTTP status. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;
  /** The lines of the conversation so far. */
  readonly conversation: readonly string[];

  constructor(status: number, conversation: readonly string[] = []) {
    super(`The handshake was answered with ${status}.`);
    this.status = status;
    this.conversation = conversation;
  }
}

/** Begins a handshake. The first frame can come with its answer, so listen before `untilOpen`. */
export async function shakeHands(options: HandshakeOptions): Promise<WebSocket> {
  const { address, query, browser, headers, patience } = options;
  // Most commands talk to no room: loading this takes 10 ms.
  const { WebSocket } = await import('ws');
  const parameters = Object.entries(query).flatMap(([key, values]) =>
    [values].flat().map((value) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`),
  );
  const socket = new WebSocket([address, parameters.join('&')].filter((part) => part !== '').join('?'), {
    handshakeTimeout: patience,
    headers: {
      ...browser,
      ...headers,
      // Only a practice account has no TLS. It passes this header to no function, so functions can't recognize us.
      ...(address.startsWith('ws:') ? { 'X-Lab-Probe': 'yes' } : {}),
    },
  });
  // A room can choose a protocol that a header offers. `ws` expects none, because it didn't write that header.
  socket.once('upgrade', (response) => delete response.headers['sec-websocket-protocol']);
  return socket;
}

/**
 * Resolves when the socket is open. Rejects with a RefusedError if the room rejects it, otherwise with what went wrong
 * on the way; in either case, `onRejected` gets the status of an answer.
 */
export async function untilOpen(
  socket: WebSocket,
  { signal, onRejected }: { readonly signal: AbortSignal; readonly onRejected: (status: number | undefined) => void },
): Promise<void> {
  const stop = () => socket.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('unexpected-response', (request, response) => {
        response.resume();
        request.destroy();
        onRejected(response.statusCode);
        const { statusCode: status = 0, headers } = response;
        reject(isFromApiGateway(headers) ? new RefusedError(status) : notFromApiGateway(status, headers));
      });
      socket.once('error', (error) => reject(isLate(error) ? new HandshakeTimeoutError() : error));
    });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
