import http from 'node:http';
import { writtenBytes } from './log-channel.mjs';

/**
 * Calls the Lambda runtime API (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html) at `address`, a host,
 * port and path. If the API is gone, the account is gone, and this process ends itself.
 */
export function runtimeApi(address) {
  const [, host, port, prefix] = /^([^:]+):(\d+)(\/.*)$/.exec(address);
  const agent = new http.Agent({ keepAlive: true });
  const watched = new WeakSet();

  return function call(method, path, body) {
    return new Promise((resolve) => {
      const headers =
        body === undefined
          ? {}
          : {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(body),
              'lab-logged': writtenBytes(),
              'lab-memory': process.resourceUsage().maxRSS,
            };
      const options = { host, port, path: `${prefix}/2018-06-01/runtime/${path}`, method, headers, agent };
      const request = http.request(options, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }));
        response.on('error', gone);
      });
      request.on('socket', watch);
      request.on('error', gone);
      request.end(body);
    });
  };

  function watch(socket) {
    if (watched.has(socket)) return;
    watched.add(socket);
    socket.once('close', gone);
  }
}

function gone() {
  process.exit(0);
}
