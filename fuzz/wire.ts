import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { Plain } from './sign.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** No answer came in the allowed time. */
export class HungError extends Error {
  override readonly name = 'HungError';
}

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

/** Sends a complete request and reads the complete answer; rejects with `HungError` after `within` milliseconds. */
export function send(port: number, { method, path, headers, body }: Plain, within: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({
      port,
      host: '127.0.0.1',
      method,
      path,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent,
    });
    const late = setTimeout(() => sent.destroy(new HungError(`no answer in ${within} ms`)), within);
    sent.on('error', (error) => {
      clearTimeout(late);
      reject(error);
    });
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        clearTimeout(late);
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    sent.end(body);
  });
}

/** Bytes for a new connection, and how long to wait for a reply: 0 disconnects right away. */
export interface RawNoise {
  readonly parts: readonly Buffer[];
  readonly stay: number;
}

/** Sends raw bytes, each part after a reply to the previous one or a moment, and returns the replies. */
export function sendRaw(port: number, { parts, stay }: RawNoise): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const heard: Buffer[] = [];
    const waiting = [...parts];
    const socket = connect({ port, host: '127.0.0.1' }, next);
    let pause: NodeJS.Timeout | undefined;

    function next(): void {
      clearTimeout(pause);
      const part = waiting.shift();
      if (part === undefined) {
        pause = setTimeout(() => socket.destroy(), stay);
        return;
      }
      socket.write(part, () => {
        if (stay === 0 && waiting.length === 0) socket.destroy();
      });
      pause = setTimeout(next, stay);
    }
    socket.on('data', (chunk) => {
      heard.push(chunk);
      next();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') reject(error);
    });
    socket.on('close', () => {
      clearTimeout(pause);
      const body = Buffer.concat(heard).toString('latin1');
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(body)?.[1] ?? 0), body });
    });
  });
}
