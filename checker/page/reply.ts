import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

/** The page server's response to a request; `stream` continues after the headers. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  readonly stream?: (response: ServerResponse) => void;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body };
}

export function json(value: unknown): Reply {
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) };
}

/** Returns a file from a flat folder: a name with a slash or a percent sign isn't one. */
export async function staticFile({ method }: IncomingMessage, folder: string, name: string): Promise<Reply> {
  if (method !== 'GET' && method !== 'HEAD') return text(405, 'Only GET and HEAD.', { Allow: 'GET, HEAD' });
  const type = TYPES[extname(name)];
  if (type === undefined || !/^[\w-]+\.\w+$/.test(name)) return text(404, 'There is no such file.');
  try {
    return { status: 200, headers: { 'Content-Type': type }, body: await readFile(join(folder, name)) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return text(404, 'There is no such file.');
    throw error;
  }
}

/**
 * Returns whether a request names one of these origins; a forwarding service may send a loopback name instead of its
 * own.
 */
export function isFromPage({ headers }: IncomingMessage, origins: readonly (string | undefined)[]): boolean {
  const from = headers.origin?.replace('//localhost:', '//127.0.0.1:');
  return from !== undefined && origins.includes(from);
}

/**
 * Returns whether one of our own pages sent a request. Browsers say which page asks, and no page can forge that
 * (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site).
 */
export function isOwnPage(request: IncomingMessage, origins: readonly (string | undefined)[]): boolean {
  const { headers, method } = request;
  const hasOrigin = headers.origin !== undefined || method === 'POST';
  return headers['sec-fetch-site'] === 'same-origin' && (!hasOrigin || isFromPage(request, origins));
}
