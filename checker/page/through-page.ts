import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ServedRoom } from './served-room.ts';

// A forwarded page can't reach the practice account, whose port isn't forwarded. Its server relays for it.

/** The path of the room's socket on the page's server. */
export const ROOM_PATH = '/room';
/** The path of Cognito there. */
export const COGNITO_PATH = '/cognito';

type Room = Pick<ServedRoom, 'room' | 'lab'> & Partial<ServedRoom>;

/**
 * Returns a room as a page at this origin reaches it: through the page's server, unless the room is on the internet.
 */
export function throughPage(room: Room, origin: string): Room {
  if (!isHere(room)) return room;
  const endpoint = `${origin}${COGNITO_PATH}`;
  return {
    ...room,
    room: `${origin.replace(/^http/, 'ws')}${ROOM_PATH}`,
    signIn: room.signIn && { ...room.signIn, endpoint },
  };
}

/** Returns whether a room is on this machine. */
export function isHere({ room }: Pick<Room, 'room'>): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(room).hostname);
}

/** Connects a page's handshake to the room, as a page of `origin`, and relays everything after it. */
export function passOnSocket(
  { headers, url = '/' }: Pick<IncomingMessage, 'headers' | 'url'>,
  { socket, head }: { readonly socket: Duplex; readonly head: Buffer },
  { room, origin }: { readonly room: string; readonly origin: string },
): void {
  const { hostname, host, port, pathname } = new URL(room);
  const { search } = new URL(url, origin);
  const lines = Object.entries(headers)
    .filter(([name]) => name.startsWith('sec-websocket-'))
    .map(([name, value]) => `${name}: ${value}`);
  const account = connect(Number(port), hostname, () => {
    const handshake = [`GET ${pathname}${search} HTTP/1.1`, `Host: ${host}`, `Origin: ${origin}`, ...lines];
    account.write(`${[...handshake, 'Connection: Upgrade', 'Upgrade: websocket'].join('\r\n')}\r\n\r\n`);
    account.write(head);
    account.pipe(socket);
    socket.pipe(account);
  });
  account.on('error', () => socket.destroy());
  account.on('close', () => socket.destroy());
  socket.on('error', () => account.destroy());
  socket.on('close', () => account.destroy());
}

/** Relays a page's Cognito call to the practice account, and the answer back. Other services aren't for pages. */
export function passOnCall(request: IncomingMessage, response: ServerResponse, endpoint: string): void {
  const target = request.headers['x-amz-target'];
  const type = request.headers['content-type'];
  if (typeof target !== 'string' || !target.startsWith('AWSCognitoIdentityProviderService.')) {
    response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end('This is for calls to Cognito only.');
    return;
  }
  const call = ask(endpoint, {
    method: 'POST',
    headers: { 'X-Amz-Target': target, ...(type === undefined ? {} : { 'Content-Type': type }) },
  });
  call.on('response', (answer) => {
    const errorType = answer.headers['x-amzn-errortype'];
    response.writeHead(answer.statusCode ?? 502, {
      'Content-Type': answer.headers['content-type'] ?? 'application/json',
      ...(errorType === undefined ? {} : { 'X-Amzn-ErrorType': errorType }),
    });
    answer.pipe(response);
  });
  call.on('error', () => {
    if (!response.headersSent) response.writeHead(502);
    response.end();
  });
  request.pipe(call);
}
