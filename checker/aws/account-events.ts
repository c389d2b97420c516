import { type IncomingMessage, request } from 'node:http';
import { accountFolder, announcedOwner, askAccount, type Owner, type TraceEvent } from './practice.ts';

/** Something that the practice account sent to its event readers. */
export type Sent =
  /** An event, with its id for `Last-Event-ID`. */
  | { readonly kind: 'event'; readonly id: string; readonly event: TraceEvent; readonly text: string }
  /** `hello`, `missed`, `restarted` or `dropped`. */
  | { readonly kind: 'notice'; readonly name: string; readonly data: Record<string, unknown>; readonly text: string };

/** The current state: `GET /_lab/live`. */
export interface LiveAccount {
  readonly processes: ReadonlyArray<{
    readonly functionArn: string;
    readonly process: string;
    readonly state: 'starting' | 'idle' | 'busy' | 'ended';
  }>;
  readonly connections: ReadonlyArray<{
    readonly connectionId: string;
    readonly apiId: string;
    readonly stage: string;
    readonly connectedAt: number;
    readonly lastActiveAt: number;
    readonly principalId?: string;
  }>;
  readonly stages: ReadonlyArray<{
    readonly apiId: string;
    readonly stage: string;
    readonly routes: readonly string[];
  }>;
}

/** Returns the functions' processes and the open sockets; undefined if no practice account answers. */
export async function liveAccount(root: string): Promise<LiveAccount | undefined> {
  return (await askAccount(accountFolder(root), 'live')) as LiveAccount | undefined;
}

/** An open stream of events. */
export interface AccountEvents {
  /** Pauses reading: the reader is behind. */
  pause(): void;
  resume(): void;
  /** Resolves when either side has ended the stream. */
  readonly ended: Promise<void>;
  close(): void;
}

/** Opens the account's events, all that are kept or those after one; undefined if no practice account answers. */
export async function openEvents(
  root: string,
  take: (sent: Sent) => void,
  lastEventId?: string,
): Promise<AccountEvents | undefined> {
  const owner = await announcedOwner(root);
  if (owner === undefined) return undefined;
  const response = await ask(owner, lastEventId);
  if (response === undefined) return undefined;
  let rest = '';
  response.setEncoding('utf8');
  response.on('data', (piece: string) => {
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const sent = read(block);
      if (sent !== undefined) take(sent);
    }
  });
  const ended = new Promise<void>((resolve) => {
    response.once('close', resolve);
    response.on('error', () => resolve());
  });
  return {
    pause: () => void response.pause(),
    resume: () => void response.resume(),
    ended,
    close: () => void response.destroy(),
  };
}

/** How long an account can take to begin its answer, in milliseconds. */
const patience = 5_000;

function ask({ port, nonce }: Owner, lastEventId: string | undefined): Promise<IncomingMessage | undefined> {
  const headers = { 'x-lab-nonce': nonce, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) };
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, path: '/_lab/events', headers, agent: false });
    const timer = setTimeout(() => asked.destroy(), patience);
    const settle = (response?: IncomingMessage) => {
      clearTimeout(timer);
      resolve(response);
    };
    asked.on('error', () => settle());
    asked.on('close', () => settle());
    asked.on('response', (response) => {
      if (response.statusCode === 200) return settle(response);
      response.resume();
      settle();
    });
    asked.end();
  });
}

function read(block: string): Sent | undefined {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
  const [data, name, id = ''] = [field('data'), field('event'), field('id')];
  if (data === undefined) return undefined;
  const text = `${block}\n\n`;
  return name === undefined
    ? { kind: 'event', id, event: JSON.parse(data) as TraceEvent, text }
    : { kind: 'notice', name, data: JSON.parse(data) as Record<string, unknown>, text };
}
