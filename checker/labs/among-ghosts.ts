import { type AmongGhosts, saidIn } from '../probe/among-ghosts.ts';

// Faults that stale rows cause in more than one lab, in words.

/** Returns names in a sentence: `Ada, Grace, and Linus`. */
export function inList(labels: readonly string[]): string {
  return new Intl.ListFormat('en').format(labels);
}

/** Names the connected people whose rows the room deleted; undefined if it deleted none. */
export function livingDeleted({ lost }: AmongGhosts): string | undefined {
  if (lost.length === 0) return undefined;
  const [are, rows] = lost.length === 1 ? ['is', 'the row'] : ['are', 'their rows'];
  return `${inList(lost)} ${are} connected, but the room deleted ${rows}: no more messages will arrive.`;
}

/** Returns who got a message more than once; undefined if nobody did. */
export function gotTwice(spoken: AmongGhosts): string | undefined {
  for (const { speaker, heard } of saidIn(spoken)) {
    const [label, times] = Object.entries(heard).find(([, count]) => count > 1) ?? [];
    if (label !== undefined) return `${speaker} sent one message, and ${label} got it ${times} times.`;
  }
  return undefined;
}

/** Returns who is connected and has no row in the stack's tables. */
export function haveNoRow(labels: readonly string[]): string {
  return `${inList(labels)} connected, but no table of the stack has a row with their names. The room can't know who is there.`;
}
