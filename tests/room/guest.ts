import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';

const DEADLINE = 15_000;

/** Somebody in the room without a browser. */
export interface Guest {
  /** Every received frame, oldest first. */
  readonly heard: readonly string[];
  readonly isConnected: boolean;
  /** Sends a raw frame. */
  send(frame: string): void;
  /** Sends a message. */
  say(text: unknown): void;
  /** Returns the oldest frame that was not taken yet, waiting for it if necessary. */
  next(): Promise<Record<string, unknown>>;
  leave(): void;
}

/** Joins the room at `address`, with the name in the query unless it is undefined. */
export async function joinAsGuest(address: string, name?: string): Promise<Guest> {
  const url = new URL(address);
  if (name !== undefined) url.searchParams.set('name', name);
  const socket = new WebSocket(url);
  const heard: string[] = [];
  let taken = 0;
  socket.on('message', (data) => heard.push(String(data)));
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return {
    heard,
    get isConnected() {
      return socket.readyState === WebSocket.OPEN;
    },
    send: (frame) => socket.send(frame),
    say: (text) => socket.send(JSON.stringify({ action: 'sendmessage', text })),
    async next() {
      const until = Date.now() + DEADLINE;
      while (heard.length <= taken) {
        if (Date.now() > until) throw new Error(`Nothing more was heard. Before it: ${heard.join(' ') || 'nothing'}`);
        await pause(5);
      }
      const frame = heard[taken] ?? '';
      taken += 1;
      return JSON.parse(frame) as Record<string, unknown>;
    },
    leave: () => socket.close(),
  };
}
