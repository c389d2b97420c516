import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { redacted } from '../sign-in/redacted.ts';
import type { RowDocument } from './deployed-room.ts';

/** What API Gateway's ids look like, of connections as of messages. */
const connectionId = /^[\w+/-]{12,18}=$/;

type Values = Readonly<Record<string, string>>;

/** Returns a table's items as rows. `open` are the ids of the open connections, undefined if that is unknown. */
export function rowsOf(
  items: ReadonlyArray<Record<string, AttributeValue>>,
  open?: ReadonlySet<string>,
): RowDocument[] {
  const all = items.map((item): Values => {
    return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, textOf(value)]));
  });
  const attribute = connectionAttribute(all, open);
  return all.map((values) => {
    const id = attribute === undefined ? undefined : values[attribute];
    if (id === undefined || !(open?.has(id) || isId(id))) return { values };
    return { values, connectionId: id, hasSocket: open?.has(id) };
  });
}

/** Returns the attribute that holds connection ids. It can have any name, but then one of the connections is open. */
function connectionAttribute(all: readonly Values[], open?: ReadonlySet<string>): string | undefined {
  const names = [...new Set(all.flatMap((values) => Object.keys(values)))];
  const named = names.filter((name) => /connection/i.test(name));
  const holds = (is: (value: string) => boolean | undefined) => (name: string) =>
    all.some((values) => is(values[name] ?? ''));
  return named.find(holds(isId)) ?? names.find(holds((value) => open?.has(value)));
}

function isId(value: string): boolean {
  return connectionId.test(value);
}

function textOf(value: AttributeValue): string {
  const [held = ''] = Object.values(value);
  const text = typeof held === 'string' ? held : JSON.stringify(held);
  return redacted(text).slice(0, 500);
}
