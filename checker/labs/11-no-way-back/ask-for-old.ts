import type { Subject } from '../../checking/check.ts';
import { forAMoment } from '../../checking/run.ts';
import { isTrouble, says } from '../../probe/frames.ts';
import { startGhosts } from '../../probe/ghosts.ts';
import { untilIndexed } from '../../probe/indexes.ts';
import type { Person } from '../../probe/person.ts';
import { inTable, keyOf, type RoomTable, roomTables, type StoredRow } from '../../probe/room-tables.ts';
import { type Row, rowsIn } from '../../probe/rows.ts';
import { textsIn } from '../../probe/texts.ts';
import { longBefore } from '../../probe/times.ts';
import type { Said } from './ask-for-history.ts';
import { ATTEMPTS, PAUSE, setAside } from './set-aside.ts';

/** How much older messages are made, in days: people are away for less than a week, and ask what they missed. */
export const DAYS_OLDER = 6;
const AGE = DAYS_OLDER * 24 * 3_600_000;

/**
 * Makes the stored messages of a made-up channel older, and has somebody there ask for the history. Returns the
 * messages that they got; undefined if the times can't be set back. Afterward, the messages are as they were.
 */
export async function askForOld(
  subject: Subject,
  person: Person,
  wanted: readonly Said[],
): Promise<readonly Said[] | undefined> {
  const texts = wanted.map(({ text }) => String(text));
  const read = (await roomTables(subject)).map(async (table) =>
    (await rowsIn(subject, table.name)).map((row) => ({ table, row, having: textsIn(row) })),
  );
  const rows = (await Promise.all(read)).flat();
  const timesIn = ({ having }: (typeof rows)[number]) =>
    texts.filter((text) => having.some((each) => each.includes(text))).length;
  const own = rows.filter((stored) => timesIn(stored) > 0);
  const older = own.map(({ table, row }) => ({ table, row: madeOlder(row) }));
  const others = rows.filter((stored) => timesIn(stored) === 0);
  // A row with several messages can have other people's, too, and another row can refer to one by its key.
  const isPossible =
    own.length > 0 &&
    own.every((stored) => timesIn(stored) === 1) &&
    older.some(({ row }, index) => JSON.stringify(row) !== JSON.stringify(own[index]?.row)) &&
    new Set(older.map(inTable)).size === own.length &&
    !own.some((stored, index) => isReferredTo(stored, older[index], others));
  if (!isPossible) return undefined;
  const restores: Array<() => Promise<void>> = [];
  const ghosts = await startGhosts(subject);
  try {
    for (const { name, rows: those } of byTable(own)) restores.push(await setAside(subject, name, those));
    await ghosts.add(older);
    await untilIndexed(subject, [person.name]);
    return await ask(subject, person, wanted);
  } finally {
    await ghosts.remove();
    for (const restore of restores) await restore();
  }
}

async function ask(subject: Subject, person: Person, wanted: readonly Said[]): Promise<readonly Said[]> {
  for (let attempt = 1; ; attempt += 1) {
    const from = person.heard.length;
    const hasCome = ({ text }: Said) => person.heard.slice(from).some(says(String(text)));
    person.say({ action: 'history' });
    await person.hears((frame) => wanted.every(hasCome) || (isTrouble(frame) && person.heard.indexOf(frame) >= from));
    const got = wanted.filter(hasCome);
    if (got.length === wanted.length || attempt === ATTEMPTS) return got;
    await forAMoment(PAUSE[subject.target.kind], subject.signal);
  }
}

/** Returns a copy of a row whose recent times are earlier, those in its key among them. */
function madeOlder(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, longBefore(value, { age: AGE }) ?? value]),
  );
}

/** Returns whether another row has a part of a row's key that changes. */
function isReferredTo(
  { table, row }: StoredRow,
  older: StoredRow | undefined,
  others: ReadonlyArray<{ readonly having: readonly string[] }>,
): boolean {
  if (older === undefined || keyOf(row, table) === keyOf(older.row, table)) return false;
  const changed = table.keys.flatMap((key) => {
    const was = row[key]?.S ?? row[key]?.N;
    return was === undefined || was === (older.row[key]?.S ?? older.row[key]?.N) ? [] : was;
  });
  return others.some(({ having }) => having.some((text) => changed.some((part) => text.includes(part))));
}

function byTable(stored: readonly StoredRow[]): Array<{ readonly name: string; readonly rows: Row[] }> {
  const tables = new Set<RoomTable>(stored.map(({ table }) => table));
  return [...tables].map((table) => ({
    name: table.name,
    rows: stored.filter((each) => each.table === table).map(({ row }) => row),
  }));
}
