import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Page, type PageOptions, servePage } from '../../checker/page/serve.ts';
import { webFolder } from './web-folder.ts';

export interface PracticeRoom {
  readonly address: string;
  /** Sends a raw frame to everyone. */
  send(frame: string): void;
  /** Answers nothing to the people who are connected now. */
  mute(): void;
  /** From now on, answers a frame with what this returns, to its sender only; undefined for nothing. */
  answerWith(answer: (frame: string) => string | undefined): void;
  /** Ends every connection without a close frame, as a network does. */
  drop(): void;
  close(): Promise<void>;
}

/** A room that speaks docs/wire-format.md, for tests of the page alone. */
export async function openPracticeRoom(port = 0): Promise<PracticeRoom> {
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  const names = new Map<WebSocket, string>();
  let answer: ((frame: string) => string | undefined) | undefined;
  const send = (frame: string) => {
    for (const client of server.clients) client.send(frame);
  };
  server.on('connection', (socket, request) => {
    names.set(socket, new URL(request.url ?? '/', 'ws://room').searchParams.get('name') ?? 'stranger');
    socket.on('message', (data) => {
      if (answer !== undefined) {
        const answered = answer(String(data));
        if (answered !== undefined) socket.send(answered);
        return;
      }
      const { text } = JSON.parse(String(data)) as { text: string };
      const at = new Date().toISOString();
      send(JSON.stringify({ type: 'message', from: names.get(socket), text, at, id: randomUUID() }));
    });
    socket.on('close', () => names.delete(socket));
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const mute = () => {
    for (const client of server.clients) client.removeAllListeners('message');
  };
  const drop = () => {
    for (const client of server.clients) client.terminate();
  };
  return {
    address: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/room`,
    send,
    mute,
    answerWith(next) {
      answer = next;
    },
    drop,
    close() {
      drop();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Opens such a room and the chat page for it, both closed at the end of the file or suite. */
export async function testPage(
  options: Partial<PageOptions> = {},
): Promise<{ readonly room: PracticeRoom; readonly page: Page }> {
  const room = await openPracticeRoom();
  afterAll(() => room.close());
  const page = await servePage({ root: webFolder, room: room.address, lab: '01-missing-route', ...options });
  afterAll(() => page.close());
  return { room, page };
}
