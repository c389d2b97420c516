import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A network between a page and its room that can silently lose everything. */
export interface LossyNetwork {
  /** The room's address through it. */
  readonly address: string;
  /** From now on, nothing that is sent arrives: `everything`, or only on connections that are open now. */
  lose(what: 'everything' | 'open connections'): void;
  /** Lets new connections through again. */
  mend(): void;
  close(): Promise<void>;
}

/** Opens a network to the room at this address. */
export async function openLossyNetwork(address: string): Promise<LossyNetwork> {
  const { hostname, port, pathname } = new URL(address);
  const lost = new WeakSet<Socket>();
  const open = new Set<Socket>();
  let losesAll = false;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    if (losesAll) lost.add(near);
    for (const socket of [near, far]) open.add(socket);
    const pass = (from: Socket, to: Socket) => {
      from.on('data', (data) => {
        if (!lost.has(near)) to.write(data);
      });
      from.on('error', () => {});
      from.on('close', () => {
        open.delete(from);
        if (!lost.has(near)) to.destroy();
      });
    };
    pass(near, far);
    pass(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `ws://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    lose(what) {
      for (const socket of open) lost.add(socket);
      losesAll = what === 'everything';
    },
    mend() {
      losesAll = false;
    },
    close() {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
