import type { Subject } from '../../checking/check.ts';
import type { RowFinder } from '../../probe/connections.ts';
import { isTrouble, says } from '../../probe/frames.ts';
import type { Participant } from '../../probe/join-all.ts';
import { idOf } from '../../probe/row-copies.ts';

/** How much longer than it must be a post takes, in milliseconds: clocks and timers are not exact. */
const MORE = 100;

/** The longest that a post can take, in milliseconds: functions have ten seconds. */
const LONGEST = 8_000;

/**
 * Somebody sends a message whose post to themselves takes longer than this many milliseconds, if that's possible: no
 * AWS call delays a post, and a room can store connection ids in another form.
 */
export async function sendSlowly(
  { target: { letFail }, afterwards }: Pick<Subject, 'target' | 'afterwards'>,
  { participant, finder }: { readonly participant: Participant; readonly finder: RowFinder },
  { ms, text }: { readonly ms: number; text(): string },
): Promise<void> {
  const [rows = []] = await finder.rowsOf([participant]);
  const connectionId = rows.flatMap(({ table, row }) => idOf(row, table) ?? [])[0];
  const delay = ms + MORE;
  if (letFail === undefined || connectionId === undefined || delay > LONGEST) return;
  const { person } = participant;
  const from = person.heard.length;
  // In case the check is interrupted.
  afterwards(async () => void (await letFail({ connectionId })));
  await letFail({ connectionId, delay });
  const said = text();
  person.say({ action: 'sendmessage', text: said });
  await person.hears((frame) => says(said)(frame) || (isTrouble(frame) && person.heard.indexOf(frame) >= from));
  await letFail({ connectionId });
}
