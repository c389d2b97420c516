import type { Evidence, Judgement } from '../checking/check.ts';
import type { AmongGhosts, Said } from '../probe/among-ghosts.ts';

// Faults that stale rows cause in more than one lab, in words.

/** Returns names in a sentence: `Ada, Grace, and Linus`; of seven or more, `Ada, Grace, Linus, and 4 others`. */
export function inList(labels: readonly string[]): string {
  const shown = labels.length < 7 ? labels : [...labels.slice(0, 3), `${labels.length - 3} others`];
  return new Intl.ListFormat('en').format(shown);
}

/** Goes on about people after a sender's name: `and Linus`; `and` if it's only the sender. */
export function andThey(speaker: string, labels: readonly string[]): string {
  if (!labels.includes(speaker)) return `and ${inList(labels)}`;
  return labels.length === 1 ? 'and' : `and ${inList([...labels.filter((label) => label !== speaker), 'the sender'])}`;
}

/** Names the connected people whose rows the room deleted; undefined if it deleted none. */
export function livingDeleted({ lost }: Pick<AmongGhosts, 'lost'>): string | undefined {
  const [label] = lost;
  if (label === undefined) return undefined;
  const its = / tab \d+$/.test(label) ? 'its' : 'their';
  const [are, rows] = lost.length === 1 ? ['is', `${its} row`] : ['are', 'their rows'];
  return `${inList(lost)} ${are} connected, but the room deleted ${rows}: no more messages will arrive.`;
}

/** Returns who got something other than what was sent; undefined if nobody did. */
export function gotAltered({ speaker, instead }: Said): string | undefined {
  const [frame] = Object.values(instead ?? {});
  if (instead === undefined || frame === undefined) return undefined;
  return `${speaker} sent a message, ${andThey(speaker, Object.keys(instead))} got something else: ${frame}`;
}

/** Returns who got a message more than once; undefined if nobody did. */
export function gotTwice(said: readonly Said[]): string | undefined {
  for (const { speaker, heard } of said) {
    const [label, times] = Object.entries(heard).find(([, count]) => count > 1) ?? [];
    if (label !== undefined) return `${speaker} sent one message, ${andThey(speaker, [label])} got it ${times} times.`;
  }
  return undefined;
}

/** Why it isn't a fault if rows stay that are recent by a time that the checker can't set back. */
export const KEPT_AS_RECENT =
  "They have a recent time in their key, or in a form that the check can't set back, and the room is allowed to keep recent rows.";

/** Returns the judgment if people are connected but have no rows of their own; undefined if they have. */
export function withoutRows(
  { rowless, shared }: { readonly rowless?: readonly string[]; readonly shared?: string },
  evidence: readonly Evidence[],
): Judgement | undefined {
  if (shared !== undefined) {
    return {
      outcome: 'inconclusive',
      reason: `The table ${shared} has several connections in one row. This check adds rows of stale connections, so it needs one row per connection.`,
      next: 'Let `$connect` write one row per connection, as app/functions/connect.ts did when the lab was shipped, and run the command again.',
    };
  }
  if (rowless === undefined) return undefined;
  const actual = `${inList(rowless)} connected, but no table of the stack got a row for ${rowless.length === 1 ? 'that connection' : 'their connections'}. The room can't know who is there.`;
  return { outcome: 'failed', actual, evidence, at: { handler: 'connect.ts', near: ['PutItemCommand('] } };
}
