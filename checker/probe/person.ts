import { WebSocket } from 'ws';

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
  /** The name they join with. */
  readonly name: string;
  readonly address: string;
  /** How long a handshake, and an answer, may take, in milliseconds. */
  readonly patience: number;
  readonly signal: AbortSignal;
  /** Adds a line to the conversation and tells when it happened. */
  readonly note: (line: string) => number;
}

/** The room did not let somebody in: the handshake was answered with this HTTP status. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;

  constructor(status: number) {
    super(`The handshake was answered with ${status}.`);
    this.status = status;
  }
}

/** The handshake was not answered in time. Named as the SDK names its own. */
class HandshakeTimeoutError extends Error {
  override readonly name = 'TimeoutError';

  constructor() {
    super('the room did not answer the handshake in time');
  }
}

/** Somebody in the room, with a socket of their own. */
export class Person {
  readonly heard: Frame[] = [];
  /** The name they joined with. */
  readonly name: string;
  readonly #options: PersonOptions;
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();
  #cameIn = false;

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
      this.#wake();
    });
    // A socket that fails also closes.
    socket.on('error', () => {});
  }

  /** Opens the socket. Rejects with a RefusedError where the room says no, else with what went wrong on the way. */
  static async join(options: PersonOptions): Promise<Person> {
    options.signal.throwIfAborted();
    const socket = new WebSocket(`${options.address}?name=${encodeURIComponent(options.name)}`, {
      handshakeTimeout: options.patience,
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
          reject(new RefusedError(response.statusCode ?? 0));
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
    options.note(`${options.label} joins as "${options.name}"`);
    return person;
  }

  /** Sends a frame. */
  say(message: Readonly<Record<string, unknown>>): void {
    const text = JSON.stringify(message);
    this.#options.note(`${this.#options.label} → ${text}`);
    this.#socket.send(text, () => {});
  }

  /**
   * The first frame that matches, heard already or to come; undefined once patience (in milliseconds) is over or the
   * socket is closed. Rejects when the command is interrupted.
   */
  async hears(matches: (frame: Frame) => boolean, patience = this.#options.patience): Promise<Frame | undefined> {
    const { signal } = this.#options;
    const deadline = performance.now() + patience;
    for (;;) {
      signal.throwIfAborted();
      const frame = this.heard.find(matches);
      const left = deadline - performance.now();
      if (frame !== undefined || left <= 0 || this.#socket.readyState !== WebSocket.OPEN) return frame;
      await this.#somethingHappens(left);
    }
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

/** `ws` has no code for it. */
function isLate({ message }: Error): boolean {
  return message === 'Opening handshake has timed out';
}
