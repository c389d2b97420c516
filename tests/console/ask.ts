import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';

/** The answer of a page's server. */
export interface PageAnswer {
  readonly status: number | undefined;
  readonly body: string;
}

/** The headers that a browser sends from the console itself. */
export const fromConsole = { 'Sec-Fetch-Site': 'same-origin' };

/** Requests something from a page's server, with the console's headers by default. */
export async function ask(
  url: string,
  { method = 'GET', headers = fromConsole }: { method?: string; headers?: Record<string, string> } = {},
): Promise<PageAnswer> {
  const asked = request(url, { method, headers }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const pieces: string[] = [];
  for await (const piece of response.setEncoding('utf8')) pieces.push(piece);
  return { status: response.statusCode, body: pieces.join('') };
}

/** The JSON answer of the page's server. */
export async function read<T>(url: string, method = 'GET'): Promise<T> {
  const { origin } = new URL(url);
  const headers = { ...fromConsole, ...(method === 'GET' ? {} : { Origin: origin }) };
  const { status, body } = await ask(url, { method, headers });
  if (status !== 200) throw new Error(`${url} answered ${status}: ${body}`);
  return JSON.parse(body) as T;
}

/** Server-sent events as text, one block after another. */
export async function listen(url: string, headers: Record<string, string> = fromConsole) {
  const asked = request(url, { headers }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  const listeners = new Set<() => void>();
  response.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
    for (const listener of listeners) listener();
  });
  response.on('error', () => {});
  return {
    status: response.statusCode,
    text: () => text,
    /** Resolves with the first match. */
    find: (pattern: RegExp) =>
      new Promise<RegExpExecArray>((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(text);
          if (found === null) return;
          clearTimeout(late);
          listeners.delete(look);
          resolve(found);
        };
        const late = setTimeout(() => reject(new Error(`${pattern} did not appear:\n${text}`)), 20_000);
        listeners.add(look);
        look();
      }),
    close: () => void asked.destroy(),
  };
}
