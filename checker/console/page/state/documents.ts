import { type Signal, signal } from '@preact/signals';
import type { ChangesDocument } from '../../changes.ts';
import type { ChecksDocument } from '../../checks.ts';
import type { DeployedRoom, Unavailable } from '../../deployed-room.ts';
import type { LogsDocument } from '../../logs.ts';
import type { RefusalDocument } from '../../refusal.ts';

interface Documents {
  readonly room: DeployedRoom;
  readonly checks: ChecksDocument;
  readonly changes: ChangesDocument;
  readonly logs: LogsDocument;
}

export type DocumentName = keyof Documents;

type Held<T> = Signal<T | Unavailable | undefined>;

/** The latest answer of the page's server; undefined before the first. */
export const documents: { readonly [Name in DocumentName]: Held<Documents[Name]> } = {
  room: signal(undefined),
  checks: signal(undefined),
  changes: signal(undefined),
  logs: signal(undefined),
};

/** The latest view of the room: if the account is gone, its picture stays. */
export const room = signal<DeployedRoom | undefined>(undefined);

/** The shortest time between two reads of the same document because of events, in milliseconds. */
const pause = 600;

const asking = new Map<DocumentName, { again: boolean }>();
const soon = new Set<DocumentName>();

export function isDocumentName(name: unknown): name is DocumentName {
  return typeof name === 'string' && name in documents;
}

/** Whether an answer says that something is unavailable. */
export function isUnavailable(answer: object | undefined): answer is Unavailable {
  return answer !== undefined && 'unavailable' in answer;
}

/** Reads a document again, and once more afterward if it is requested meanwhile. */
export function refresh(name: DocumentName): void {
  const asked = asking.get(name);
  if (asked !== undefined) {
    asked.again = true;
    return;
  }
  const now = { again: false };
  asking.set(name, now);
  ask(`console/${name}.json`)
    .then((answer) => take(name, answer))
    // The previous answer stays until the server is back.
    .catch(() => {})
    .finally(() => {
      asking.delete(name);
      if (now.again) refreshSoon(name);
    });
}

/** Reads a document again in a moment, together with other requests until then. */
export function refreshSoon(name: DocumentName): void {
  if (soon.has(name)) return;
  soon.add(name);
  setTimeout(() => {
    soon.delete(name);
    refresh(name);
  }, pause);
}

/** Takes the next hint. */
export async function takeHint(): Promise<void> {
  take('checks', await ask('console/hint', 'POST'));
}

/** Returns why IAM denied something in an event. */
export async function explain(eventId: string): Promise<RefusalDocument | Unavailable> {
  return (await ask(`console/refusal.json?event=${encodeURIComponent(eventId)}`)) as RefusalDocument | Unavailable;
}

function take(name: DocumentName, answer: unknown): void {
  (documents[name] as Signal<unknown>).value = answer;
  if (name === 'room' && !isUnavailable(documents.room.value)) room.value = documents.room.value;
}

async function ask(address: string, method = 'GET'): Promise<unknown> {
  const response = await fetch(address, { method });
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
  return response.json();
}
