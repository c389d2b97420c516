import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';

/** How long a message may take to reach everybody, on a machine that is also doing other things. */
const patience = 120_000;

interface Awaited {
  readonly missing: Set<WebSocket>;
  done(): void;
}

/** People in a room. Each message is awaited until everybody in the room has received it. */
export class Room {
  readonly #address: string;
  readonly #body: (text: string) => object;
  readonly #sockets = new Set<WebSocket>();
  readonly #awaited = new Map<string, Awaited>();
  /** Frames that were never sent as a message: complaints from the room or API Gateway. */
  readonly unexpected: string[] = [];
  #isClosing = false;

  /** `body` returns the frame to send for a text; the text is searched for in the received frames. */
  constructor(address: string, body: (text: string) => object) {
    this.#address = address;
    this.#body = body;
  }

  /** Opens connections, `lanes` at a time, and reopens those that the account ends, as it does after two hours. */
  async open(connections: number, lanes = 20): Promise<void> {
    let left = connections;
    const lane = async () => {
      while (left > 0) {
        left -= 1;
        await this.#connect();
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }

  /**
   * Sends messages, with `lanes` of them in flight at any moment, and resolves when everybody has received each of
   * them.
   */
  async say(messages: number, lanes = 10, heard: (count: number) => void = () => {}): Promise<void> {
    let [left, count] = [messages, 0];
    const lane = async () => {
      while (left > 0) {
        left -= 1;
        await this.#sayOne();
        count += 1;
        heard(count);
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    const closed = [...this.#sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of this.#sockets) socket.close();
    await Promise.all(closed);
  }

  async #sayOne(): Promise<void> {
    const text = randomUUID();
    const [speaker] = this.#sockets;
    if (speaker === undefined) throw new Error('Nobody is in the room.');
    const missing = new Set(this.#sockets);
    let late: NodeJS.Timeout | undefined;
    await new Promise<void>((done, reject) => {
      this.#awaited.set(text, { missing, done });
      const report = () =>
        `${missing.size} of ${this.#sockets.size} did not get a message. ${this.unexpected.at(-1) ?? ''}`;
      late = setTimeout(() => reject(new Error(report())), patience);
      speaker.send(JSON.stringify(this.#body(text)));
    });
    clearTimeout(late);
    this.#awaited.delete(text);
  }

  async #connect(): Promise<void> {
    const socket = new WebSocket(this.#address);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    this.#sockets.add(socket);
    socket.on('message', (data) => this.#hear(socket, String(data)));
    socket.on('close', () => {
      this.#sockets.delete(socket);
      for (const [text, awaited] of this.#awaited) this.#tick(text, awaited, socket);
      if (!this.#isClosing) this.#connect().catch((error) => this.unexpected.push(String(error)));
    });
  }

  #hear(socket: WebSocket, frame: string): void {
    const text = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(frame.replace(/"id":"[^"]*"/, ''))?.[0] ?? '';
    const awaited = this.#awaited.get(text);
    if (awaited !== undefined) this.#tick(text, awaited, socket);
    else this.unexpected.push(frame);
  }

  #tick(text: string, { missing, done }: Awaited, socket: WebSocket): void {
    missing.delete(socket);
    if (missing.size > 0) return;
    this.#awaited.delete(text);
    done();
  }
}
