import { request as send } from 'node:http';

/** A raw request; headers given as a list of names and values may repeat. */
export interface Wire {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>> | readonly string[];
  readonly body: string | Buffer;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Sends a raw request to an account, and returns the answer. Rejects if there is none within a minute. */
export function exchange(url: string, { method, path, headers, body }: Wire): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(url);
    const sent = send({ host: '127.0.0.1', port, method, path, headers, timeout: 60_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece) => {
        text += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer in a minute')));
    sent.on('error', reject);
    sent.end(body);
  });
}
