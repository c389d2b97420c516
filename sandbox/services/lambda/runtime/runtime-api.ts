import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Job } from './job.ts';
import { largestAnswer } from './outcome.ts';

/** One process's side of the runtime API. */
export interface RuntimeClient {
  /** The process is waiting for an invocation, whose event goes to `response`. */
  next(response: ServerResponse): void;
  /** The process has answered an invocation. */
  answered(requestId: string, kind: 'response' | 'error', body: string, headers: IncomingHttpHeaders): void;
  /** The process couldn't be started, or crashed between invocations. */
  initFailed(body: string, headers: IncomingHttpHeaders): void;
}

const form = /^\/([^/]+)\/2018-06-01\/runtime\/(?:invocation\/next|invocation\/([^/]+)\/(response|error)|init\/error)$/;

/**
 * Serves the Lambda runtime API on its own port (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html). Every
 * process has its own unguessable path, so it can only act for itself.
 */
export class RuntimeApi {
  readonly #clients = new Map<string, RuntimeClient>();
  readonly #say: (message: string) => void;
  #server: Server | undefined;
  #listening: Promise<number> | undefined;

  /** `say` gets client errors, which are the account's: no function's error may end more than itself. */
  constructor(say: (message: string) => void) {
    this.#say = say;
  }

  /** Host, port and path for a new process. The server starts listening with the first. */
  async add(token: string, client: RuntimeClient): Promise<string> {
    this.#clients.set(token, client);
    this.#listening ??= this.#listen().catch((error) => {
      this.#listening = undefined;
      throw error;
    });
    return `127.0.0.1:${await this.#listening}/${token}`;
  }

  remove(token: string): void {
    this.#clients.delete(token);
  }

  close(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#say(`The practice account failed at an answer of a function: ${(error as Error).stack ?? error}`);
    }
  }

  #listen(): Promise<number> {
    const server = createServer((request, response) => {
      const [, token = '', requestId, kind] = form.exec(request.url ?? '') ?? [];
      const client = this.#clients.get(token);
      if (client === undefined) {
        response.writeHead(404).end();
        return;
      }
      if (request.method === 'GET') {
        this.#guarded(() => client.next(response));
        return;
      }
      const chunks: Buffer[] = [];
      // One byte too many shows that the answer is too large; the rest can be dropped.
      let room = largestAnswer + 1;
      request.on('data', (chunk: Buffer) => {
        if (room > 0) chunks.push(chunk.subarray(0, room));
        room -= chunk.length;
      });
      request.on('error', () => response.destroy());
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
        this.#guarded(() => {
          if (requestId === undefined) client.initFailed(body, request.headers);
          else client.answered(requestId, kind === 'error' ? 'error' : 'response', body, request.headers);
        });
      });
    });
    // A process may wait for hours between two invocations.
    Object.assign(server, { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0, timeout: 0 });
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
  }
}

/**
 * Sends a waiting process its next invocation, whose timeout is in seconds:
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-next
 */
export function sendInvocation(response: ServerResponse, job: Job, Timeout: number): void {
  const hex = job.requestId.replaceAll('-', '');
  const now = Math.floor(Date.now() / 1000).toString(16);
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(job.payload),
    'lambda-runtime-aws-request-id': job.requestId,
    'lambda-runtime-deadline-ms': String(Date.now() + Timeout * 1000),
    'lambda-runtime-invoked-function-arn': job.invokedArn,
    'lambda-runtime-trace-id': `Root=1-${now}-${hex.slice(0, 24)};Parent=${hex.slice(16)};Sampled=0`,
  });
  response.end(job.payload);
}
