import type { Subject } from '../../checking/check.ts';
import type { RowFinder } from '../../probe/connections.ts';
import { copiesOf } from '../../probe/failing-row.ts';
import { isTrouble, says } from '../../probe/frames.ts';
import { startGhosts } from '../../probe/ghosts.ts';
import type { Participant } from '../../probe/join-all.ts';
import { unusedId } from '../../probe/made-up-ids.ts';
import { idOf } from '../../probe/row-copies.ts';
import { untilQuiet } from '../../probe/until-quiet.ts';

/** How many connections the channel has then: more than a handler calls large. */
const MANY = 60;

/**
 * Somebody sends a message to a channel with many rows. Their posts are answered with 410 Gone, and the connections
 * have just begun, so a handler can keep the rows. If the account can fail on request, the post to the speaker succeeds
 * only the second time: a handler can print what it tried again.
 */
export async function speakInCrowd(
  subject: Subject,
  { participant, finder }: { readonly participant: Participant; readonly finder: RowFinder },
  text: () => string,
): Promise<void> {
  const rows = (await finder.rowsOf([participant])).flat();
  const { person } = participant;
  const copies = Array.from({ length: MANY }, unusedId).flatMap((id) => copiesOf(rows, person.name, id));
  if (copies.length === 0) return;
  const { letFail } = subject.target;
  const connectionId = rows.flatMap(({ table, row }) => idOf(row, table) ?? [])[0] ?? unusedId();
  const endFailures = async () => void (await letFail?.({ connectionId }));
  // In case the check is interrupted.
  subject.afterwards(endFailures);
  const ghosts = await startGhosts(subject);
  try {
    await ghosts.add(copies);
    const from = person.heard.length;
    const said = text();
    await letFail?.({ connectionId, error: 'InternalServerErrorException', most: 1 });
    person.say({ action: 'sendmessage', text: said });
    await person.hears((frame) => says(said)(frame) || (isTrouble(frame) && person.heard.indexOf(frame) >= from));
    // The other posts can follow.
    await untilQuiet(subject, [person]);
  } finally {
    await endFailures();
    await ghosts.remove();
  }
}
