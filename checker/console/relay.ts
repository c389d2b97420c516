import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type AccountEvents, openEvents, type Sent } from '../aws/account-events.ts';
import type { Scope } from './scope.ts';

/** How long to wait before looking for a missing account again, in milliseconds. */
const pause = 1000;

export interface Relay {
  readonly root: string;
  readonly scope: Scope;
  readonly response: ServerResponse;
  readonly lastEventId: string | undefined;
  /** Gets each event of the lab before the browser does. */
  readonly onEvent: (sent: Extract<Sent, { kind: 'event' }>) => void;
}

/**
 * Relays the events of one lab from the account to a browser, unchanged, until the browser leaves. Reports when the
 * account is gone, and continues when it is back. While the browser doesn't read, nothing is read for it: the account
 * then drops it, and says so.
 */
export async function relay({ root, scope, response, lastEventId, onEvent }: Relay): Promise<void> {
  const left = new AbortController();
  let [last, said] = [lastEventId, ''];
  let events: AccountEvents | undefined;
  response.on('close', () => {
    left.abort();
    events?.close();
  });
  response.on('drain', () => events?.resume());
  const tell = (state: 'here' | 'gone') => {
    if (said !== state) response.write(`event: account\ndata: ${JSON.stringify({ state })}\n\n`);
    said = state;
  };
  const take = (sent: Sent) => {
    if (left.signal.aborted) return;
    if (sent.kind === 'event') {
      last = sent.id;
      if (!scope.has(sent.event)) return;
      onEvent(sent);
    }
    if (!response.write(sent.text)) events?.pause();
    // Browsers reconnect automatically, with the id of the last event that they got.
    if (sent.kind === 'notice' && sent.name === 'dropped') response.end();
  };
  while (!left.signal.aborted) {
    events = await openEvents(root, take, last);
    if (left.signal.aborted) events?.close();
    tell(events === undefined ? 'gone' : 'here');
    await events?.ended;
    if (events !== undefined && !left.signal.aborted) tell('gone');
    await wait(pause, undefined, { signal: left.signal }).catch(() => {});
  }
}
