import { request } from 'node:http';

export interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How long the whole answer can take, in milliseconds. */
  readonly patience?: number;
}

export interface PortAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** More than any answer of the practice account's control API has, in bytes. */
const largest = 4 * 1024 * 1024;

/**
 * Returns the answer of a port of this machine; undefined if no complete HTTP answer arrives in time. Any program may
 * listen there: one that closes right away, says nothing, speaks another protocol or never finishes counts as no
 * answer. Not `fetch`: in Node.js 20 it never settles if the other side closes right away, and `AbortSignal.timeout`
 * doesn't keep the process alive, so the command would exit with Node.js's code 13 and print nothing.
 */
export function askPort(port: number, question: Question): Promise<PortAnswer | undefined> {
  const { method, path, headers, body, patience = 2_000 } = question;
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const settle = (answer?: PortAnswer) => {
      clearTimeout(timer);
      resolve(answer);
    };
    try {
      const asked = request({ host: '127.0.0.1', port, method, path, agent: false, ...(headers && { headers }) });
      // For the answer as a whole: a slow drip keeps a connection's own timeout from firing.
      timer = setTimeout(() => asked.destroy(), patience);
      asked.on('error', () => settle());
      asked.on('close', () => settle());
      asked.on('response', (response) => {
        const pieces: Buffer[] = [];
        let length = 0;
        response.on('error', () => settle());
        response.on('data', (piece: Buffer) => {
          length += piece.length;
          if (length > largest) asked.destroy();
          else pieces.push(piece);
        });
        response.on('end', () =>
          settle({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(pieces).toString('utf8'),
          }),
        );
      });
      asked.end(body);
    } catch {
      // A port or a nonce that can't be one: anyone can write owner.json.
      settle();
    }
  });
}
