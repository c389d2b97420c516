import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { keyOf, type RoomTable, type StoredRow } from './room-tables.ts';
import type { Row } from './rows.ts';
import { withTexts } from './texts.ts';
import { longBefore } from './times.ts';
import { visitorName } from './visitor-name.ts';

/** How long ago a ghost's connection began, in milliseconds. A visitor whose row was made old connected before that. */
const AGE = 60 * 60_000;

/** An id in API Gateway's format: `L0SM9cOFvHcCIhw=`. */
const CONNECTION_ID = /[\w+/-]{15}=/;

/** Returns a row's connection id, from its key or else from another attribute; undefined if no text contains one. */
export function idOf(row: Row, { keys }: RoomTable): string | undefined {
  const names = [...keys, ...Object.keys(row).filter((name) => !keys.includes(name))];
  for (const name of names) {
    const [id] = CONNECTION_ID.exec(row[name]?.S ?? '') ?? [];
    if (id !== undefined) return id;
  }
  return undefined;
}

/** Returns whether a row also has an id where it can't be replaced: in binary. A room could post to that one. */
export function hasBytesOf(id: string, row: Row): boolean {
  const isIn = (bytes: Uint8Array) => Buffer.from(bytes).includes(id);
  return Object.values(row).some(({ B, BS = [] }) => [...(B === undefined ? [] : [B]), ...BS].some(isIn));
}

/** Returns a copy of this row with another connection id, also within longer texts: `CONN#L0SM9cOFvHcCIhw=`. */
export function withId(row: Row, from: string, to: string): Row {
  return inAll(row, (value) => withTexts(value, (text) => text.replaceAll(from, () => to)));
}

/**
 * Returns a copy of somebody's row with another connection id, and with times that are `age` milliseconds earlier. A
 * room can have one row per name.
 */
export function copyWithId(
  row: Row,
  table: RoomTable,
  { id, name, age }: { id: [from: string, to: string]; name: string; age?: number | undefined },
): Row {
  const other = withId(row, ...id);
  const isSame = keyOf(other, table) === keyOf(row, table);
  return aged(isSame ? renamed(other, name, visitorName()) : other, table, age);
}

function inAll(row: Row, change: (value: AttributeValue) => AttributeValue): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, change(value)]));
}

/** Returns a copy of this row with one string replaced in each attribute that equals it. */
export function renamed(row: Row, from: string, to: string): Row {
  return inAll(row, (value) => (value.S === from ? { S: to } : value));
}

/**
 * Returns a copy of a row of somebody with this name as if it were an earlier one of somebody else: with all texts that
 * are the same in the other's rows, which are about the person and not about a connection, except for keys and times.
 * Returns the same row if its key contains the name: with another key it would be elsewhere in a scan, or the row of
 * somebody who is connected.
 */
export function asRowOf({ table, row }: StoredRow, name: string, other: { rows: readonly Row[]; name: string }): Row {
  if (table.keys.some((key) => row[key]?.S?.includes(name))) return row;
  const isText = (value: AttributeValue | undefined) =>
    value?.S !== undefined && longBefore({ S: value.S }, { age: AGE }) === undefined;
  const [first = {}, ...more] = other.rows;
  const theirs = Object.entries(first).filter(
    ([attribute, value]) =>
      !table.keys.includes(attribute) &&
      isText(value) &&
      isText(row[attribute]) &&
      more.length > 0 &&
      more.every((each) => each[attribute]?.S === value.S),
  );
  return { ...renamed(row, name, other.name), ...Object.fromEntries(theirs) };
}

/** Returns a copy of this row whose connection began this long ago, in milliseconds: a handler may keep recent rows. */
export function aged(row: Row, { keys }: RoomTable, age: number = AGE): Row {
  const now = Date.now();
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      keys.includes(name) ? value : (longBefore(value, { age, now }) ?? value),
    ]),
  );
}
