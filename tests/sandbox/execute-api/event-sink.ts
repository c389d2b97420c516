import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Source text: `note(event)` sends an event to the sink. A function can't write a file that a test could read. */
export const note = `
const { request } = require('node:http');
const note = (event) => new Promise((resolve, reject) => {
  const sent = request(process.env.EVENTS, { method: 'POST' }, (response) => response.resume().on('end', resolve));
  sent.on('error', reject).end(JSON.stringify(event));
});`;

/** Starts a server that keeps the events that functions send it, in order. */
export async function startEventSink() {
  const events: unknown[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    events.push(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    response.end();
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  server.unref();
  return {
    address: `http://127.0.0.1:${port}/`,
    events,
    async close(): Promise<void> {
      server.close();
      server.closeAllConnections();
    },
  };
}
