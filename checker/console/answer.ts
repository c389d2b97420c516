import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import type { Console } from './console.ts';

/** What a request is answered with; `stream` goes on after the headers. */
export interface ConsoleReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  readonly stream?: (response: ServerResponse) => void;
}

/** Where the console and its files are. */
export const consolePath = '/console';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * Answers a request for the console; its host is the page's own already. What is read of the account is for our own page
 * only: browsers say which page asks, and no page can make them say otherwise
 * (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site).
 */
export async function answerConsole(
  request: IncomingMessage,
  { pathname, searchParams }: URL,
  served: { readonly console: Console; readonly folder: string; readonly origin: string },
): Promise<ConsoleReply> {
  const name = pathname === consolePath ? 'index.html' : pathname.slice(consolePath.length + 1);
  const { console } = served;
  const read: Readonly<Record<string, () => unknown>> = {
    'GET room.json': () => console.room(),
    'GET checks.json': () => console.checks(),
    'POST hint': () => console.hint(),
    'GET changes.json': () => console.changes(),
    'GET refusal.json': () => console.refusal(searchParams.get('event') ?? ''),
    'GET logs.json': () => console.logs(),
  };
  // Addresses in the page are relative to what stands before its last slash.
  if (name === '') return { status: 307, headers: { Location: consolePath }, body: '' };
  const answer = read[`${request.method} ${name}`];
  const isStream = request.method === 'GET' && name === 'events';
  if (answer === undefined && !isStream) return file(request, name, served.folder);
  if (!isOwnPage(request, served.origin)) return text(403, 'This is for the console only.');
  if (answer !== undefined) {
    return { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(await answer()) };
  }
  return {
    status: 200,
    headers: { 'Content-Type': 'text/event-stream; charset=utf-8' },
    body: '',
    stream: (response) => {
      console.stream(response, lastEventIdOf(request)).catch(() => response.destroy());
    },
  };
}

function isOwnPage({ headers, method }: IncomingMessage, origin: string): boolean {
  const hasOrigin = headers.origin !== undefined || method === 'POST';
  return headers['sec-fetch-site'] === 'same-origin' && (!hasOrigin || headers.origin === origin);
}

function lastEventIdOf({ headers }: IncomingMessage): string | undefined {
  const id = headers['last-event-id'];
  return typeof id === 'string' ? id : undefined;
}

/** The console is a flat folder: a name with a slash or a percent sign in it is none of its files. */
async function file(request: IncomingMessage, name: string, folder: string): Promise<ConsoleReply> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return text(405, 'Only GET and HEAD.');
  const type = types[extname(name)];
  if (type === undefined || !/^[\w-]+\.\w+$/.test(name)) return text(404, 'There is no such file.');
  try {
    return { status: 200, headers: { 'Content-Type': type }, body: await readFile(join(folder, name)) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return text(404, 'There is no such file.');
    throw error;
  }
}

function text(status: number, body: string): ConsoleReply {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body };
}
