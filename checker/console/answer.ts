import type { IncomingMessage } from 'node:http';
import { isOwnPage, json, type Reply, staticFile, text } from '../page/reply.ts';
import type { Console } from './console.ts';

/** Where the console and its files are. */
export const consolePath = '/console';

/**
 * Answers a request for the console; its host has already been verified. Account data is only for our own page, at one
 * of the origins.
 */
export async function answerConsole(
  request: IncomingMessage,
  { pathname, searchParams }: URL,
  served: { readonly console: Console; readonly folder: string; readonly origins: readonly (string | undefined)[] },
): Promise<Reply> {
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
  // Addresses in the page are relative to its last slash.
  if (name === '') return { status: 307, headers: { Location: consolePath }, body: '' };
  const answer = read[`${request.method} ${name}`];
  const isStream = request.method === 'GET' && name === 'events';
  if (answer === undefined && !isStream) return staticFile(request, served.folder, name);
  if (!isOwnPage(request, served.origins)) return text(403, 'This is for the console only.');
  if (answer !== undefined) return json(await answer());
  return {
    status: 200,
    headers: { 'Content-Type': 'text/event-stream; charset=utf-8' },
    body: '',
    stream: (response) => {
      console.stream(response, lastEventIdOf(request)).catch(() => response.destroy());
    },
  };
}

function lastEventIdOf({ headers }: IncomingMessage): string | undefined {
  const id = headers['last-event-id'];
  return typeof id === 'string' ? id : undefined;
}
