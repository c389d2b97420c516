import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { ownerOf, type TraceEvent } from '../../../sandbox/index.ts';
import type { TestAccount } from '../../account.ts';

/** A reader of an account's events. */
export interface Watcher {
  /** The chunks received, the oldest first. */
  readonly events: TraceEvent[];
  /** The other events the reader got: `hello`, `missed`, `restarted`, `dropped`. */
  readonly notices: Array<{ readonly name: string; readonly data: Record<string, unknown> }>;
  /** Everything received, verbatim. */
  readonly text: string[];
  /** The id of the newest event, for `Last-Event-ID`. */
  readonly lastId: string;
  /** Resolves with the first event that matches, including those already received. */
  find(passes: (event: TraceEvent) => boolean): Promise<TraceEvent>;
  /** Resolves when a condition holds. */
  until(holds: () => boolean): Promise<void>;
  readonly response: IncomingMessage;
  close(): void;
}

/** The headers that only processes of the checkout know. */
export async function nonceOf(account: Pick<TestAccount, 'folder'>): Promise<{ 'X-Lab-Nonce': string }> {
  return { 'X-Lab-Nonce': (await ownerOf(account.folder))?.nonce ?? '' };
}

/** Reads an account's events: all that are kept, or those after one. */
export async function watch(account: TestAccount, lastEventId?: string): Promise<Watcher> {
  const headers = {
    ...(await nonceOf(account)),
    ...(lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }),
  };
  const asked = request({ host: '127.0.0.1', port: account.port, path: '/_lab/events', headers }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const [events, notices, text]: [TraceEvent[], Watcher['notices'], string[]] = [[], [], []];
  const listeners = new Set<() => void>();
  let [rest, lastId] = ['', ''];
  response.setEncoding('utf8');
  response.on('data', (piece: string) => {
    text.push(piece);
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
      const [data, name, id] = [field('data'), field('event'), field('id')];
      if (data !== undefined && name === undefined) events.push(JSON.parse(data));
      if (data !== undefined && name !== undefined) notices.push({ name, data: JSON.parse(data) });
      lastId = id ?? lastId;
    }
    for (const listener of listeners) listener();
  });
  response.on('error', () => {});
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!holds()) return;
        clearTimeout(late);
        listeners.delete(look);
        resolve();
      };
      const late = setTimeout(
        () =>
          reject(
            new Error(
              `It did not come:\n${events
                .slice(-30)
                .map((event) => JSON.stringify(event))
                .join('\n')}`,
            ),
          ),
        20_000,
      );
      listeners.add(look);
      look();
    });
  return {
    events,
    notices,
    text,
    get lastId() {
      return lastId;
    },
    until,
    async find(passes) {
      await until(() => events.some(passes));
      return events.find(passes) as TraceEvent;
    },
    response,
    close: () => asked.destroy(),
  };
}
