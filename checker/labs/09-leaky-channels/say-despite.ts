import type { Subject } from '../../checking/check.ts';
import { startGhosts } from '../../probe/ghosts.ts';
import { untilIndexed, untilUnindexed } from '../../probe/indexes.ts';
import { limitReads } from '../../probe/limit-reads.ts';
import type { StoredRow } from '../../probe/room-tables.ts';
import { aged } from '../../probe/row-copies.ts';
import { deleteRowsOf, tablesOf } from '../../probe/rows.ts';
import type { TwoChannels } from '../../sign-in/two-channels.ts';
import { decides } from './rounds.ts';
import { type Member, roundOf, type Said } from './said.ts';
import { say } from './say.ts';
import { inChannel, oneOf } from './turns.ts';

/** A conversation so far. */
interface SoFar {
  readonly present: readonly Member[];
  readonly said: readonly Said[];
}

/**
 * People send messages while it is hard for the room to find who is in a channel: beside a stale row, while each read
 * returns one row, while a read fails, and at the end without any rows. Ends with the first message that goes wrong.
 * `gone` are the rows of somebody who has left the first channel.
 */
export async function sayDespite(
  subject: Subject,
  { present, said }: SoFar,
  { names, gone }: { readonly names: TwoChannels['names']; readonly gone: readonly StoredRow[] },
): Promise<Said[]> {
  let all: readonly Said[] = said;
  for (const sayMore of [besideStaleRow, onPages, whileReadFails, withoutRows]) {
    if (all.some((each) => decides(roundOf(each, all)))) break;
    all = [...all, ...(await sayMore(subject, { present, said: all }, { names, gone }))];
  }
  return all.slice(said.length);
}

type More = Parameters<typeof sayDespite>[2];

/** A room must not send a message to others because the connection of somebody in the channel is stale. */
async function besideStaleRow(subject: Subject, { present, said }: SoFar, { names, gone }: More): Promise<Said[]> {
  const speaker = oneOf(inChannel(present, names[0]));
  if (speaker === undefined || gone.length === 0) return [];
  const ghosts = await startGhosts(subject);
  try {
    await ghosts.add(gone.map(({ table, row }) => ({ table, row: aged(row, table) })));
    await untilIndexed(
      subject,
      present.map(({ person }) => person.name),
    );
    return [{ ...(await say(subject, speaker, present, said)), despite: 'stale row' }];
  } finally {
    await ghosts.remove();
  }
}

/** A room must not filter the first page only. */
async function onPages(subject: Subject, { present, said }: SoFar): Promise<Said[]> {
  const more: Said[] = [];
  const limits = await limitReads(subject, tablesOf(subject));
  try {
    for (const channel of limits.isOn ? shared(present) : []) {
      const speaker = oneOf(inChannel(present, channel));
      const all = [...said, ...more];
      if (speaker === undefined || all.some((each) => decides(roundOf(each, all)))) break;
      more.push({ ...(await say(subject, speaker, present, all)), despite: 'pages' });
    }
  } finally {
    await limits.end();
  }
  return more;
}

/** A room that can't read who is in a channel must not send to everyone. */
async function whileReadFails(subject: Subject, { present, said }: SoFar): Promise<Said[]> {
  const speaker = oneOf(shared(present).flatMap((channel) => oneOf(inChannel(present, channel)) ?? []));
  const limits = await limitReads(subject, tablesOf(subject), { items: 1, failsFrom: 1, most: 1 });
  try {
    if (!limits.isOn || speaker === undefined) return [];
    return [{ ...(await say(subject, speaker, present, said)), despite: 'failing read' }];
  } finally {
    await limits.end();
  }
}

/** A room that finds nobody in a channel must not send to everyone. Only one person is in this one. */
async function withoutRows(subject: Subject, { present, said }: SoFar, { names }: More): Promise<Said[]> {
  const [speaker] = present.filter(
    ({ channel }, index) => !names.includes(channel) && present.findIndex((one) => one.channel === channel) < index,
  );
  if (speaker === undefined) return [];
  const { name } = speaker.person;
  if ((await deleteRowsOf(subject, name)) === 0 || !(await untilUnindexed(subject, name))) return [];
  // Nobody would get it in her other tab.
  const those = present.filter((one) => one === speaker || one.channel !== speaker.channel);
  return [{ ...(await say(subject, speaker, those, said)), despite: 'no rows' }];
}

/** Returns the channels with several people. */
function shared(present: readonly Member[]): string[] {
  return [...new Set(present.map(({ channel }) => channel))].filter(
    (channel) => inChannel(present, channel).length > 1,
  );
}
