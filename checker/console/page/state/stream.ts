import { batch, signal } from '@preact/signals';
import type { TraceEvent } from '../../../aws/practice.ts';
import { type DocumentName, isDocumentName, refresh, refreshSoon } from './documents.ts';

/** An event with its id, `<run>-<number>`. */
export interface Sent {
  readonly id: string;
  readonly event: TraceEvent;
}

/** The state of the event stream: `here`, `gone` while no account answers, `aws` if the account has none. */
export interface Link {
  readonly state: 'connecting' | 'here' | 'gone' | 'aws' | 'cut off';
  /** Why there are no events. */
  readonly unavailable?: string;
}

/** How many events the page keeps. */
const most = 8192;

/** How long events wait to be drawn together, in milliseconds. */
const pause = 50;

/** The newest events, in order of arrival. */
export const events = signal<readonly Sent[]>([]);
export const link = signal<Link>({ state: 'connecting' });
/** How many events were lost before they reached the page. */
export const missed = signal(0);

let waiting: Sent[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

/** Listens to the account until the page is closed. */
export function listen(address = 'console/events'): void {
  const source = new EventSource(address);
  source.onmessage = ({ data, lastEventId }: MessageEvent<string>) => take(lastEventId, JSON.parse(data));
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(address), 2000);
    if (link.value.state !== 'aws') link.value = { state: 'cut off' };
  };
  const on = (name: string, hear: (data: Record<string, unknown>) => void) =>
    source.addEventListener(name, (event) => hear(JSON.parse((event as MessageEvent<string>).data)));
  on('hello', () => {
    link.value = { state: 'here' };
  });
  on('account', ({ state, unavailable }) => {
    link.value = {
      state: state as Link['state'],
      unavailable: unavailable === undefined ? undefined : String(unavailable),
    };
    refresh('room');
  });
  on('missed', ({ events: lost }) => {
    missed.value += Number(lost);
  });
  // A restarted account numbers its events from the beginning.
  on('restarted', () => {
    waiting = [];
    events.value = [];
  });
  on('changed', ({ what }) => {
    if (isDocumentName(what)) refresh(what);
  });
}

function take(id: string, event: TraceEvent): void {
  waiting.push({ id, event });
  if (timer === undefined) timer = setTimeout(flush, pause);
}

function flush(): void {
  timer = undefined;
  const came = waiting;
  waiting = [];
  const known = new Set(events.value.slice(-came.length - 64).map(({ id }) => id));
  batch(() => {
    events.value = [...events.value, ...came.filter(({ id }) => !known.has(id))].slice(-most);
    for (const name of documentsTouchedBy(came)) refreshSoon(name);
  });
}

/** Rows, sockets and log lines are read again when an event reports a change. */
function documentsTouchedBy(came: readonly Sent[]): Set<DocumentName> {
  const touched = new Set<DocumentName>();
  for (const { event } of came) if (['row', 'connected', 'disconnect'].includes(event.kind)) touched.add('room');
  return touched;
}
