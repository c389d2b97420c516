import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { quantile } from './statistics.ts';

/** A room full of listeners, and one sender. */
export class Crowd {
  readonly #sockets: readonly WebSocket[];
  readonly #heard = new Map<string, (at: number) => void>();
  readonly #room: string;

  private constructor(room: string, sockets: readonly WebSocket[]) {
    this.#room = room;
    this.#sockets = sockets;
    for (const socket of sockets.slice(1)) {
      socket.on('message', (data) => {
        const { text } = JSON.parse(String(data)) as { text?: string };
        this.#heard.get(text ?? '')?.(performance.now());
      });
    }
  }

  /** Connects a sender and `listeners` listeners. */
  static async open(room: string, listeners: number): Promise<Crowd> {
    const sockets: WebSocket[] = [];
    for (let index = 0; index <= listeners; index += 1) sockets.push(await connect(`${room}?name=bench-${index}`));
    return new Crowd(room, sockets);
  }

  /** Connects one person, who hears what they say. */
  static async alone(room: string): Promise<Crowd> {
    const socket = await connect(`${room}?name=bench`);
    return new Crowd(room, [socket, socket]);
  }

  /** Sends one message and resolves with the milliseconds until each listener got it. */
  say(): Promise<number[]> {
    const text = randomUUID();
    const listeners = this.#sockets.length - 1;
    return new Promise((resolve, reject) => {
      const times: number[] = [];
      const late = setTimeout(
        () => reject(new Error(`${listeners - times.length} of ${listeners} got nothing in ${this.#room}`)),
        30_000,
      );
      const said = performance.now();
      this.#heard.set(text, (at) => {
        times.push(at - said);
        if (times.length < listeners) return;
        clearTimeout(late);
        this.#heard.delete(text);
        resolve(times);
      });
      this.#sockets[0]?.send(JSON.stringify({ action: 'sendmessage', text }));
    });
  }

  async close(): Promise<void> {
    await Promise.all(
      this.#sockets.map(
        (socket) =>
          new Promise((resolve) => {
            socket.once('close', resolve);
            socket.close();
          }),
      ),
    );
  }
}

/** Milliseconds from `send` to each listener's `message`, over 50 messages one after another. */
export async function roundTrip(crowd: Crowd): Promise<{ p50: number; p95: number }> {
  for (let index = 0; index < 10; index += 1) await crowd.say();
  const times: number[] = [];
  for (let index = 0; index < 50; index += 1) times.push(...(await crowd.say()));
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
}

/** Messages per second that everyone got, with ten in flight at any time. */
export async function throughput(crowd: Crowd, messages = 100): Promise<number> {
  await Promise.all(Array.from({ length: 10 }, () => crowd.say()));
  let left = messages;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      while (left > 0) {
        left -= 1;
        await crowd.say();
      }
    }),
  );
  return messages / ((performance.now() - start) / 1000);
}

function connect(address: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address);
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}
