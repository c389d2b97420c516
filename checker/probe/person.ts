import type { WebSocket } from 'ws';
import { type HandshakeOptions, shakeHands, untilOpen } from './handshake.ts';
import { isClosedByRoom, LostError } from './lost.ts';

/** API Gateway itself answers pings, whatever the functions do. In milliseconds. */
const PONG_WITHIN = 5_000;

/** One text frame that a person received. */
export interface Frame {
  /** Milliseconds since the conversation began. */
  readonly at: number;
  readonly text: string;
  /** Its fields, if it is a JSON object. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface PersonOptions extends Omit<HandshakeOptions, 'query'> {
  /** Their label in the conversation: `Ada`. */
  readonly label: string;
  /** The name that the room must use. */
  readonly name: string;
  /** The query string of their URL; by default, their name. */
  readonly query?: HandshakeOptions['query'];
  /** How long an answer can take, in milliseconds. */
  readonly patience: number;
  /** How long the handshake can take, in milliseconds; by default, as long as an answer. */
  readonly handshake?: number;
  readonly signal: AbortSignal;
  /** Adds a line to the conversation and returns when it happened. */
  readonly note: (line: string) => number;
}

/** Somebody in the room, with their own socket. */
export class Person {
  readonly heard: Frame[] = [];
  /** The name that the room must use. */
  readonly name: string;
  readonly #options: PersonOptions;
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();
  /** How many pings were sent, and up to which one they were answered. */
  #pings = 0;
  #answered = 0;
  #cameIn = false;
  /** The code that the connection ended with, if the room didn't end it. */
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
    // A pong repeats the data of its ping (RFC 6455, 5.5.3). AWS doesn't document whether API Gateway's do.
    socket.on('pong', (data) => {
      this.#answered = Number(data) || this.#pings;
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

  /**
   * Opens the socket. Rejects with a RefusedError if the room rejects it, otherwise with what went wrong on the way.
   */
  static async join(options: PersonOptions): Promise<Person> {
    const { label, name, note, patience, signal } = options;
    signal.throwIfAborted();
    const socket = await shakeHands({
      ...options,
      query: options.query ?? { name },
      patience: options.handshake ?? patience,
    });
    const person = new Person(options, socket);
    await untilOpen(socket, { signal, onRejected: (status) => void note(`${label} is rejected: ${status}`) });
    person.#cameIn = true;
    const { name: said, channel, token: _, ...others } = options.query ?? {};
    const [asked, ...before] = [channel ?? []].flat().reverse();
    const also = before.length === 0 ? '' : ` (the URL names "${before.join('", "')}" before it)`;
    const where = asked === undefined ? '' : ` in the channel "${asked}"${also}`;
    const isElsewhere = Object.keys({ ...others, ...options.headers }).length > 0;
    let claims = isElsewhere ? ', and claims names in parameters or headers' : '';
    if (said !== undefined && said !== name)
      claims = `, and claims to be "${said}"${isElsewhere ? ', and others in other parameters and headers' : ''}`;
    note(`${label} joins as "${name}"${where}${claims}`);
    return person;
  }

  /** Whether their socket is open. */
  get isHere(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Sends a frame. Returns when, in milliseconds since the conversation began. */
  say(message: Readonly<Record<string, unknown>>): number {
    return this.sendText(JSON.stringify(message));
  }

  /** Sends a frame with exactly this text, such as JSON with a duplicate key. Returns when, as `say` does. */
  sendText(text: string): number {
    const at = this.#options.note(`${this.#options.label} → ${text}`);
    this.#socket.send(text, () => {});
    return at;
  }

  /**
   * Returns the first frame that matches, already received or to come; undefined once patience (in milliseconds) is
   * over or the room closed the socket. Rejects when the command is interrupted, and if the connection is lost: then
   * silence is not the room's fault.
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
      // While it is closing, it is not yet known whether the room closed it.
      if (this.#socket.readyState === this.#socket.CLOSED) return undefined;
      if (left <= 0) {
        await this.#allHasCome();
        return this.heard.find(matches);
      }
      await this.#somethingHappens(left);
    }
  }

  /** Resolves after some milliseconds, once everything that was sent by then has arrived. Rejects as `hears` does. */
  async listens(ms: number): Promise<void> {
    await this.hears(() => false, ms);
  }

  /**
   * Resolves when everything sent so far has arrived: the answer to a ping comes after it. Rejects if no answer comes.
   */
  async #allHasCome(): Promise<void> {
    this.#pings += 1;
    const ping = this.#pings;
    this.#socket.ping(String(ping), undefined, () => {});
    const deadline = performance.now() + Math.min(PONG_WITHIN, this.#options.patience);
    while (this.#answered < ping && this.#socket.readyState !== this.#socket.CLOSED) {
      this.#options.signal.throwIfAborted();
      const left = deadline - performance.now();
      if (left <= 0) throw new LostError('is silent: not even a ping is answered');
      await this.#somethingHappens(left);
    }
    this.#requireConnection();
  }

  #requireConnection(): void {
    if (this.#lost !== undefined)
      throw new LostError(`ended with the close code ${this.#lost}, which the room didn't cause`);
  }

  /** Closes the socket, by force if the room doesn't answer the close. */
  async leave(): Promise<void> {
    if (this.#socket.readyState === this.#socket.CLOSED) return;
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
