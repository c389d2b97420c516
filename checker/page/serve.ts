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

/** Where a room has no sign-in, nothing is said of it. */
type PageRoom = Pick<ServedRoom, 'room' | 'lab'> & Partial<ServedRoom> & { readonly console?: Console | undefined };

export interface PageOptions extends PageRoom {
  /** The folder that holds the page. */
  readonly root: string;
  /** The folder that holds the console, if there is one to serve. */
  readonly consoleRoot?: string;
  /** 0, or nothing, for any free port. */
  readonly port?: number;
  /**
   * Lets the page's origin into the account. Asked whenever a page is about to connect: the account may have been started
   * anew since it let the page in.
   */
  readonly admit?: (origin: string) => Promise<void>;
  /** Looks where the room is by now. Asked whenever a page is loaded, or about to connect. */
  readonly follow?: () => Promise<PageRoom>;
  /** Where this machine's ports are forwarded to, `https://example-{port}.app.github.dev`; by default what the environment says. */
  readonly forwarded?: string;
}

export interface Page {
  /** Where to open the page. */
  readonly url: string;
  /** Where to open the console. */
  readonly consoleUrl: string;
  /** What a browser sends as `Origin` when this page opens a socket. */
  readonly origin: string;
  /** Points the page to another room: pages that are open go there when they next connect. */
  update(room: PageRoom): void;
  close(): Promise<void>;
}

/** Returns the folders of the chat page, which is served as it is, and of the console, which `checker/launch/build.mjs` bundles. */
export function pageFolders(root: string): Pick<PageOptions, 'root' | 'consoleRoot'> {
  return { root: join(root, 'app', 'web'), consoleRoot: join(root, 'dist', 'console') };
}

/** Serves the chat page on this machine and to this machine only. Rejects with `EADDRINUSE` when the port is taken. */
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
      // Where the room is cannot be told, the page is for the one that it was for.
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
  /** The request came through the forwarding service that the settings name. */
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
    // An account that is gone lets nobody in; the page finds that out by itself.
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

/** What the page reads first, app/web/config.js. */
function configOf({ room, lab, signIn, mail, gone, scene, history, game }: PageRoom): object {
  return {
    room,
    lab,
    signIn,
    ...(mail === undefined ? {} : { mail: true }),
    ...(scene === undefined ? {} : { scene: true }),
    ...(history === undefined ? {} : { history }),
    ...(game === undefined ? {} : { game: true }),
    gone,
  };
}

/** The page itself is sent with where it may connect to, and its config says where. */
function isAboutRoom(request: IncomingMessage): boolean {
  return ['/', '/index.html', '/config.json'].includes(askedFor(request).pathname);
}

/** Returns whether a forwarded page calls Cognito. Browsers say which page asks. */
function isCallThroughPage(request: IncomingMessage, forwarded: string | undefined): boolean {
  const from = request.headers['sec-fetch-site'] ?? 'same-origin';
  const isCall = request.method === 'POST' && askedFor(request).pathname === COGNITO_PATH;
  return isCall && from === 'same-origin' && isForwarded(request, forwarded);
}

/** Codes are for our own page. Browsers say which page asks; none of them hands the answer to another origin's. */
async function mail({ headers }: IncomingMessage, read: NonNullable<PageRoom['mail']>): Promise<Reply> {
  const from = headers['sec-fetch-site'];
  if (from !== undefined && from !== 'same-origin') return text(403, 'This is for the chat page only.');
  return json({ messages: await read() });
}

/**
 * A name that somebody else's page resolves to this machine is not ours (DNS rebinding). Another of this machine's own
 * names leads to the one origin that the room lets in.
 */
function elsewhere(request: IncomingMessage, origin: string): Reply {
  const { port } = new URL(origin);
  const ours = [`localhost:${port}`, `[::1]:${port}`];
  if (!ours.includes(request.headers.host ?? '')) return text(403, 'This page is served to this machine only.');
  const { pathname, search } = askedFor(request);
  return text(307, '', { Location: `${origin}${pathname}${search}` });
}

/** The path of a request, whatever it says before: one that begins with `//`, or names a host, is a path all the same. */
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
  response.end(`The page could not be served: ${error instanceof Error ? error.message : String(error)}`);
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
