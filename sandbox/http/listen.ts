import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * How many clients can connect at once: everyone in a large room gets a post at the same moment. Node's default is 511.
 */
const backlog = 4096;

/** Makes a server listen on 127.0.0.1, at a free port if `port` is 0. Resolves with its port. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', backlog }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
