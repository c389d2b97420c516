import { request as plain } from 'node:http';
import { request as secure } from 'node:https';

/** The page's own question: does the host of its room answer? */
export const REACHABLE_PATH = '/reachable.json';

/** How long a host can take, in milliseconds. The page asks twice and wants to know within 10 seconds. */
const PATIENCE = 2_000;

/**
 * Returns whether the host of a room answers at all. Any answer will do, such as the 403 of API Gateway for a request
 * that is no handshake. A WebSocket API bills messages and connection minutes
 * (https://aws.amazon.com/api-gateway/pricing/), so asking is free, and neither a function nor a log gets to know.
 */
export function isReachable(room: string): Promise<boolean> {
  const { protocol, origin } = new URL(room);
  const ask = protocol === 'wss:' ? secure : plain;
  return new Promise((resolve) => {
    const options = { method: 'HEAD', agent: false, signal: AbortSignal.timeout(PATIENCE) };
    const asked = ask(origin.replace(/^ws/, 'http'), options);
    asked.on('response', (response) => {
      response.resume();
      resolve(true);
    });
    asked.on('error', () => resolve(false));
    asked.end();
  });
}
