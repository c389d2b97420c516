import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { answerConsole, consolePath } from '../console/answer.ts';
import type { Console } from '../console/console.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { FORWARDED, forwardedOrigin, isForwarded } from './forwarded.ts';
import { SCENE_PATH, sceneReply } from './page-scene.ts';
import { isReachable, REACHABLE_PATH } from './reachable.ts';
import { isFromPage, isOwnPage, json, type Reply, staticFile, text } from './reply.ts';
import type { ServedRoom } from './served-room.ts';
import { COGNITO_PATH, isHere, passOnCall, passOnSocket, ROOM_PATH, throughPage } from './through-page.ts';

/** Undefined if the room has no sign-in. */
type PageRoom = Pick<ServedRoom, 'room' | 'lab'> & Partial<ServedRoom> & { readonly console?: Console | undefined };

export interface PageOptions extends PageRoom {
  /** The page's folder. */
  readonly root: string;
  /** The console's folder, if there is one to serve. */
  readonly consoleRoot?: string;
  /** 0, or undefined, for any free port. */
  readonly port?: number;
  /**
   * Allows the page's origin in the account. Called whenever a page is about to connect: the account may have been
   * restarted since.
   */
  readonly admit?: (origin: string) => Promise<void>;
  /** Finds the room's current place. Called whenever a page is loaded, or about to connect. */
  readonly follow?: () => Promise<PageRoom>;
  /**
   * Where this machine's ports are forwarded to, `https://example-{port}.app.github.dev`; by default from the
   * environment.
   */
  readonly forwarded?: string;
}

export interface Page {
  /** The page's URL. */
  readonly url: string;
  /** The console's URL. */
  readonly consoleUrl: string;
  /** The browser's `Origin` when this page opens a socket. */
  readonly origin: string;
  /** Points the page to another room: open pages go there when they next connect. */
  update(room: PageRoom): void;
  close(): Promise<void>;
}

/**
 * Returns the folders of the chat page, which is served unchanged, and of the console, which `checker/launch/build.mjs`
 * bundles.
 */
export function pageFolders(root: string): Pick<PageOptions, 'root' | 'consoleRoot'> {
  return { root: join(root, 'app', 'web'), consoleRoot: join(root, 'dist', 'console') };
}

/** Serves the chat page, only to this machine. Rejects with `EADDRINUSE` if the port is taken. */
export async function servePage(options: PageOptions): Promise<Page> {
  let served: PageRoom = options;
  let origin = '';
  let forwarded: string | undefined;
  /** The room's address as the browser can reach it. */
  const seenBy = (request: IncomingMessage) =>
    forwarded !== undefined && isForwarded(request, forwarded) ? throughPage(served, forwarded) : served;
  const server = createServer((request, response) => {
    if (isCallThroughPage(request, forwarded) && served.signIn !== undefined && isHere(served))
      return passOnCall(request, response, served.signIn.endpoint);
    const answered = async () => {
      // If the room can't be found, the page keeps its previous one.
      if (isAboutRoom(request)) served = { console: served.console, ...((await found()) ?? served) };
      const isTrusted = isForwarded(request, forwarded);
      return answer(request, { ...options, served: seenBy(request), room: served.room, origin, forwarded, isTrusted });
    };
    const found = async () => options.follow?.().catch(() => undefined);
    answered().then(
      ({ status, headers, body, stream }) => {
        response.writeHead(status, { ...headers, ...sentWithEverything(seenBy(request)) });
        if (stream !== undefined) stream(response);
        else response.end(request.method === 'HEAD' ? undefined : body);
      },
      (error: unknown) => fail(response, error),
    );
  });
  server.on('upgrade', (request, socket, head) => {
    const isOurs = isForwarded(request, forwarded) && isFromPage(request, [forwarded, origin]);
    if (!isOurs || !isHere(served) || askedFor(request).pathname !== ROOM_PATH) return socket.destroy();
    passOnSocket(request, { socket, head }, { room: served.room, origin });
  });
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  try {
    forwarded = forwardedOrigin(options.forwarded ?? process.env[FORWARDED], port);
  } catch (error) {
    server.close();
    throw error;
  }
  return {
    url: `${origin}/`,
    consoleUrl: `${origin}${consolePath}`,
    origin,
    update(room) {
      served = room;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface Serving extends Pick<PageOptions, 'root' | 'consoleRoot' | 'admit'> {
  readonly served: PageRoom;
  /** The room's address for this machine, also if the browser reaches the room through the page's server. */
  readonly room: string;
  readonly origin: string;
  readonly forwarded: string | undefined;
  /** Whether the request came through the configured forwarding service. */
  readonly isTrusted: boolean;
}

async function answer(
  request: IncomingMessage,
  { root, consoleRoot, served, room, origin, forwarded, isTrusted, admit }: Serving,
): Promise<Reply> {
  if (!isFor(request, origin) && !isTrusted) return elsewhere(request, origin);
  const asked = askedFor(request);
  const origins = [origin, forwarded];
  const isConsole = asked.pathname === consolePath || asked.pathname.startsWith(`${consolePath}/`);
  if (isConsole && served.console !== undefined && consoleRoot !== undefined) {
    return answerConsole(request, asked, { console: served.console, folder: consoleRoot, origins });
  }
  const { pathname } = asked;
  if (request.method === 'POST' && pathname === SCENE_PATH && served.scene !== undefined) {
    return isOwnPage(request, origins)
      ? sceneReply(request, served.scene)
      : text(403, 'This is for the chat page only.');
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return staticFile(request, root, '');
  if (pathname === '/config.json') {
    // A missing account admits nobody; the page notices that itself.
    await admit?.(origin).catch(() => {});
    return json(configOf(served));
  }
  if (pathname === '/gameday.json' && served.game !== undefined) return json((await served.game()) ?? null);
  if (pathname === REACHABLE_PATH) {
    return isOwnPage(request, origins)
      ? json({ reachable: await isReachable(room) })
      : text(403, 'This is for the chat page only.');
  }
  if (pathname === '/mail.json' && served.mail !== undefined) return mail(request, served.mail);
  return staticFile(request, root, pathname === '/' ? 'index.html' : pathname.slice(1));
}

function isFor(request: IncomingMessage, origin: string): boolean {
  return request.headers.host === new URL(origin).host;
}

/** Returns the settings that the page reads first, app/web/config.js. */
function configOf({ room, lab, signIn, mail, gone, scene, history, game }: PageRoom): object {
  return {
    room,
    lab,
    signIn,
    mail: mail && true,
    scene: scene && true,
    history,
    game: game && true,
    gone,
  };
}

/** The page's headers say where it may connect, and its config says where the room is. */
function isAboutRoom(request: IncomingMessage): boolean {
  return ['/', '/index.html', '/config.json'].includes(askedFor(request).pathname);
}

/** Returns whether a forwarded page calls Cognito. Browsers say which page asks. */
function isCallThroughPage(request: IncomingMessage, forwarded: string | undefined): boolean {
  const from = request.headers['sec-fetch-site'] ?? 'same-origin';
  const isCall = request.method === 'POST' && askedFor(request).pathname === COGNITO_PATH;
  return isCall && from === 'same-origin' && isForwarded(request, forwarded);
}

/** Codes are only for our own page. Browsers say which page asks, and hide the answer from other origins. */
async function mail({ headers }: IncomingMessage, read: NonNullable<PageRoom['mail']>): Promise<Reply> {
  const from = headers['sec-fetch-site'];
  if (from !== undefined && from !== 'same-origin') return text(403, 'This is for the chat page only.');
  return json({ messages: await read() });
}

/**
 * If somebody else's page resolves its name to this machine, that name isn't ours (DNS rebinding). Other names of this
 * machine redirect to the one origin that the room admits.
 */
function elsewhere(request: IncomingMessage, origin: string): Reply {
  const { port } = new URL(origin);
  const ours = [`localhost:${port}`, `[::1]:${port}`];
  if (!ours.includes(request.headers.host ?? '')) return text(403, 'This page is only for this machine.');
  const { pathname, search } = askedFor(request);
  return text(307, '', { Location: `${origin}${pathname}${search}` });
}

/**
 * Returns the path of a request, however it is written: one that begins with `//`, or contains a host, is still a path.
 */
function askedFor({ url = '/' }: IncomingMessage): URL {
  return new URL(`http://page.invalid/${url.replace(/^[/\\]+/, '')}`);
}

function sentWithEverything({ room, signIn }: PageRoom): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(room, signIn),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}

function fail(response: ServerResponse, error: unknown): void {
  response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`The page couldn't be served: ${error instanceof Error ? error.message : String(error)}`);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
