import { WebSocket } from 'ws';
import {
  HandshakeTimeoutError,
  isClosedByRoom,
  isFromApiGateway,
  isLate,
  LostError,
  NotFromApiGatewayError,
} from './lost.ts';

/** API Gateway answers pings by itself, whatever the functions do. In milliseconds. */
const PONG_WITHIN = 5_000;

/** One text frame that a person heard. */
export interface Frame {
  /** Milliseconds since the conversation began. */
  readonly at: number;
  readonly text: string;
  /** Its fields, where it is a JSON object. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface PersonOptions {
  /** How the conversation calls them: `Ada`. */
  readonly label: string;
  /** The name that the room must know them by. */
  readonly name: string;
  /** The query of the address they come by; their name, unless said otherwise. */
  readonly query?: Readonly<Record<string, string>>;
  /** What their client says of itself. A browser says it, and other programs need not. */
  readonly userAgent?: string | undefined;
  readonly address: string;
  /** How long an answer may take, in milliseconds. */
  readonly patience: number;
  /** How long the handshake may take, in milliseconds; as long as an answer, unless said otherwise. */
  readonly handshake?: number;
  readonly signal: AbortSignal;
  /** Adds a line to the conversation and tells when it happened. */
  readonly note: (line: string) => number;
}

/** The room did not let somebody in: the handshake was answered with this HTTP status. */
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

/** Somebody in the room, with a socket of their own. */
export class Person {
  readonly heard: Frame[] = [];
  /** The name that the room must know them by. */
  readonly name: string;
  readonly #options: PersonOptions;
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();
  #cameIn = false;
  /** The code that the connection ended with, if nobody in the room ended it. */
  #lost: number | undefined;

  private constructor(options: PersonOptions, socket: WebSocket) {
    this.#options = options;
    this.name = options.name;
    this.#socket = socket;
    socket.on('message', (data) => {
      const text = String(data);
      const at = options.note(`${options.label} ← ${text}`);
      this.heard.push({ at, text, fields: fieldsOf(text) });
      this.#wake();
    });
    socket.on('close', (code) => {
      if (this.#cameIn) options.note(`${options.label} left (${code})`);
      if (this.#cameIn && !isClosedByRoom(code)) this.#lost = code;
      this.#wake();
    });
    // A socket that fails also closes.
    socket.on('error', () => {});
  }

  /** Opens the socket. Rejects with a RefusedError where the room says no, else with what went wrong on the way. */
  static async join(options: PersonOptions): Promise<Person> {
    options.signal.throwIfAborted();
    const query = Object.entries(options.query ?? { name: options.name }).map(
      ([key, value]) => `${key}=${encodeURIComponent(value)}`,
    );
    const socket = new WebSocket([options.address, query.join('&')].filter((part) => part !== '').join('?'), {
      handshakeTimeout: options.handshake ?? options.patience,
      headers: {
        ...(options.userAgent === undefined ? {} : { 'User-Agent': options.userAgent }),
        // Only a practice account has no TLS. It hands this header to nobody, so that functions can't tell us apart.
        ...(options.address.startsWith('ws:') ? { 'X-Lab-Probe': 'yes' } : {}),
      },
    });
    const person = new Person(options, socket);
    const stop = () => socket.terminate();
    options.signal.addEventListener('abort', stop, { once: true });
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once('open', resolve);
        socket.once('unexpected-response', (request, response) => {
          response.resume();
          request.destroy();
          options.note(`${options.label} is refused: ${response.statusCode}`);
          const { statusCode: status = 0, headers } = response;
          reject(isFromApiGateway(headers) ? new RefusedError(status) : new NotFromApiGatewayError(status));
        });
        socket.once('error', (error) => reject(isLate(error) ? new HandshakeTimeoutError() : error));
      });
    } catch (error) {
      options.signal.throwIfAborted();
      throw error;
    } finally {
      options.signal.removeEventListener('abort', stop);
    }
    person.#cameIn = true;
    const { name: said, channel } = options.query ?? {};
    const where = channel === undefined ? '' : ` in the channel "${channel}"`;
    options.note(
      said === undefined || said === options.name
        ? `${options.label} joins as "${options.name}"${where}`
        : `${options.label} joins as "${options.name}"${where}, and says to be "${said}"`,
    );
    return person;
  }

  /** Whether their socket is open. */
  get isHere(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Sends a frame. */
  say(message: Readonly<Record<string, unknown>>): void {
    this.sendText(JSON.stringify(message));
  }

  /** Sends a frame of exactly this text, such as JSON in which a key is there twice. */
  sendText(text: string): void {
    this.#options.note(`${this.#options.label} → ${text}`);
    this.#socket.send(text, () => {});
  }

  /**
   * The first frame that matches, heard already or to come; undefined once patience (in milliseconds) is over or the
   * socket was closed by the room. Rejects when the command is interrupted, and where the connection is lost: then
   * silence is nobody's mistake in the room.
   */
  async hears(matches: (frame: Frame) => boolean, patience = this.#options.patience): Promise<Frame | undefined> {
    const { signal } = this.#options;
    const deadline = performance.now() + patience;
    for (;;) {
      signal.throwIfAborted();
      const frame = this.heard.find(matches);
      const left = deadline - performance.now();
      if (frame !== undefined) return frame;
      this.#requireConnection();
      // While it closes, it is not known yet whether the room said so.
      if (this.#socket.readyState === WebSocket.CLOSED) return undefined;
      if (left <= 0) {
        await this.#allHasCome();
        return this.heard.find(matches);
      }
      await this.#somethingHappens(left);
    }
  }

  /** Resolves after some milliseconds, once all that was sent by then has come. Rejects as `hears` does. */
  async listens(ms: number): Promise<void> {
    await this.hears(() => false, ms);
  }

  /** Resolves when all that was sent until now has come: the answer to a ping comes after it. Rejects where none comes. */
  async #allHasCome(): Promise<void> {
    let answered = false;
    this.#socket.once('pong', () => {
      answered = true;
      this.#wake();
    });
    this.#socket.ping('', undefined, () => {});
    const deadline = performance.now() + Math.min(PONG_WITHIN, this.#options.patience);
    while (!answered && this.#socket.readyState !== WebSocket.CLOSED) {
      this.#options.signal.throwIfAborted();
      const left = deadline - performance.now();
      if (left <= 0) throw new LostError('is silent: not even a ping is answered');
      await this.#somethingHappens(left);
    }
    this.#requireConnection();
  }

  #requireConnection(): void {
    if (this.#lost !== undefined)
      throw new LostError(`ended with the close code ${this.#lost}, which is not of the room's making`);
  }

  /** Closes the socket, by force where the room does not answer the close. */
  async leave(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    await new Promise<void>((resolve) => {
      const force = setTimeout(() => this.#socket.terminate(), 1000);
      this.#socket.once('close', () => {
        clearTimeout(force);
        resolve();
      });
      this.#socket.close(1000);
    });
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }

  #somethingHappens(within: number): Promise<void> {
    const { signal } = this.#options;
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, within);
      signal.addEventListener('abort', done, { once: true });
      this.#waiting.add(done);
    });
  }
}

function fieldsOf(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : {};
  } catch {
    return {};
  }
}
