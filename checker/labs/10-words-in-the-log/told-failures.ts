import type { Room, Subject } from '../../checking/check.ts';
import type { FunctionLog } from '../../observe/function-logs.ts';
import { eventsSince } from '../../observe/log-events.ts';
import { namesBundle, ownLines } from '../../observe/own-lines.ts';
import { untilAllEnded } from '../../observe/runs.ts';
import { thrown } from '../../observe/thrown.ts';
import { redacted } from '../../sign-in/redacted.ts';
import { couldPost } from '../posts-alone.ts';
import type { Failing } from './failing-post.ts';
import { failuresIn } from './failure-lines.ts';

/** What a log says about a post that failed. */
export interface Told {
  /** `400 Bad Request`. */
  readonly answer: string;
  readonly group: string;
  /** The lines that say what went wrong. */
  readonly lines: readonly string[];
  /** Those that say only that something did. */
  readonly vague: readonly string[];
  /** Whether the function ran into its timeout then. */
  readonly timedOut: boolean;
}

/** What to read. */
export interface Logs {
  readonly sender: FunctionLog;
  /** Those of all functions. */
  readonly logs: readonly FunctionLog[];
  /** When the conversation began, in milliseconds. */
  readonly since: number;
}

/**
 * Returns what the sender's log says about each post that failed. If it says nothing about one, the log of another
 * function that could post counts, too: the sender may have had it deliver the message.
 */
export async function observeTold(
  subject: Subject,
  room: Room,
  failing: readonly Failing[],
  { sender, logs, since }: Logs,
): Promise<Told[]> {
  const own = await toldBy(subject, failing, sender, since);
  if (own.every(isTold)) return own;
  const others = logs.filter(({ functionName }) => functionName !== sender.functionName);
  const able = await Promise.all(others.map(({ functionName }) => couldPost(subject, room, functionName)));
  const posters = others.filter((_, index) => able[index]);
  if (posters.length === 0) return own;
  await untilAllEnded(subject);
  const all = [own, ...(await Promise.all(posters.map((log) => toldBy(subject, failing, log, since))))];
  return own.map((first, index) => all.flatMap((told) => told[index] ?? []).find(isTold) ?? first);
}

/** Returns whether the lines say what went wrong. */
export function isTold({ lines }: Told): boolean {
  return lines.length > 0;
}

async function toldBy(
  subject: Subject,
  failing: readonly Failing[],
  { functionName, group }: FunctionLog,
  since: number,
): Promise<Told[]> {
  const events = (await eventsSince(subject, group, since)) ?? [];
  const found = failuresIn(events, failing, { functionName, sources: subject.sources() });
  const isBundled = found.some(({ telling, vague }) => [...telling, ...vague].some(namesBundle));
  const inOwn = isBundled ? await ownLines(subject, functionName) : undefined;
  const readable = (lines: readonly string[]) => lines.flatMap((line) => thrown(redacted(line.trimEnd()), inOwn));
  return found.map(({ telling, vague, timedOut }, index) => ({
    answer: failing[index]?.answer ?? '',
    group,
    lines: readable(telling),
    vague: readable(vague),
    timedOut,
  }));
}
