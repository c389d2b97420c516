import type { Subject } from '../checking/check.ts';
import { isTrouble, says } from './frames.ts';
import type { Participant } from './join-all.ts';
import type { Frame, Person } from './person.ts';
import { rowsIn, tablesOf } from './rows.ts';
import { hasSecret } from './secret.ts';

/** The faults of a conversation, apart from its first message. */
export type Trouble =
  /** Somebody got an error, although everyone got the first message. `unheard`: what they said, if nobody got it. */
  | { readonly kind: 'told'; readonly who: string; readonly text: string; readonly unheard?: string }
  | { readonly kind: 'missed'; readonly who: string; readonly speaker: string; readonly again: boolean }
  /** Somebody got another text instead. */
  | {
      readonly kind: 'altered';
      readonly who: string;
      readonly speaker: string;
      readonly sent: string;
      readonly text: string;
    }
  | { readonly kind: 'heard twice'; readonly who: string; readonly speaker: string; readonly times: number }
  /** The room closed somebody's connection. */
  | { readonly kind: 'closed'; readonly who: string }
  | { readonly kind: 'secret in a frame'; readonly who: string }
  | { readonly kind: 'secret in a table'; readonly table: string };

/** A message, and how often everyone must have got it by then. */
export interface Round {
  readonly text: string;
  readonly speaker: Participant;
  readonly times: number;
}

/** Returns what went wrong in a conversation, apart from its first message; empty if nothing did. */
export async function troubleIn(
  subject: Subject,
  all: readonly Participant[],
  rounds: readonly Round[],
): Promise<{ trouble?: Trouble }> {
  const secrets = all.flatMap((each) => each.secrets);
  const inFrame = all.find(({ person }) => person.heard.some((frame) => hasSecret(frame.text, secrets)));
  if (inFrame !== undefined) return { trouble: { kind: 'secret in a frame', who: inFrame.label } };
  const table = await tableWithSecret(subject, secrets);
  if (table !== undefined) return { trouble: { kind: 'secret in a table', table } };
  const told = firstOf(all, ({ label, person }): Trouble | undefined => {
    const frame = person.heard.find(isTrouble);
    return frame && { kind: 'told', who: label, text: frame.text, ...unheardOf(label, rounds, all) };
  });
  return { trouble: told ?? firstMissed(rounds, all) ?? heardTwice(rounds, all) ?? closed(all) };
}

/** Returns the first message of somebody that nobody got, or nobody once more; empty if somebody got each. */
export function unheardOf(
  label: string,
  rounds: readonly Round[],
  all: readonly Participant[],
): { readonly unheard?: string } {
  const lost = rounds.find(
    ({ speaker, text, times }) =>
      speaker.label === label && all.every(({ person }) => timesHeard(person, text) < times),
  );
  return lost === undefined ? {} : { unheard: lost.text };
}

/** Returns the table that somebody's token or password was written to while they were in the room. */
async function tableWithSecret(subject: Subject, secrets: readonly string[]): Promise<string | undefined> {
  for (const table of tablesOf(subject)) {
    const rows = await rowsIn(subject, table);
    if (rows.some((row) => hasSecret(JSON.stringify(row), secrets))) return table;
  }
  return undefined;
}

/** Returns the first later message that somebody didn't get. */
export function firstMissed(rounds: readonly Round[], all: readonly Participant[]): Trouble | undefined {
  return firstOf(rounds.slice(1), ({ text, times, speaker }) => {
    const misses = all.find(({ person }) => timesHeard(person, text) < times);
    if (misses === undefined) return undefined;
    const names = { who: misses.label, speaker: speaker.label };
    const isKnown = (frame: Frame) => rounds.some((round) => says(round.text)(frame));
    const other = misses.person.heard.find(
      (frame) => frame.fields.type === 'message' && frame.fields.from === speaker.person.name && !isKnown(frame),
    );
    return other === undefined
      ? { kind: 'missed', ...names, again: times > 1 }
      : { kind: 'altered', ...names, sent: text, text: String(other.fields.text) };
  });
}

function heardTwice(rounds: readonly Round[], all: readonly Participant[]): Trouble | undefined {
  return firstOf(rounds, ({ text, speaker }) => {
    const most = Math.max(...rounds.filter((round) => round.text === text).map(({ times }) => times));
    return firstOf(all, ({ label, person }): Trouble | undefined => {
      const times = Math.ceil(timesHeard(person, text) / most);
      return times > 1 ? { kind: 'heard twice', who: label, speaker: speaker.label, times } : undefined;
    });
  });
}

function closed(all: readonly Participant[]): Trouble | undefined {
  const gone = all.find(({ person }) => !person.isHere);
  return gone && { kind: 'closed', who: gone.label };
}

/** Returns what the messages that people got lack; a page shows only one message per `id`. */
export function whatTheyLack(all: readonly Participant[], rounds: readonly Round[]): string | undefined {
  return firstOf(all, ({ person }) => whatItLacks(person, rounds));
}

function whatItLacks({ heard }: Person, rounds: readonly Round[]): string | undefined {
  const messages = rounds.flatMap((round, index) => {
    const isFirst = rounds.findIndex(({ text }) => text === round.text) === index;
    const isLast = rounds.findLastIndex(({ text }) => text === round.text) === index;
    const copies = heard.filter(says(round.text));
    // If a later one never came, the last copy is of an earlier message.
    const last = copies.length >= round.times ? copies.at(-1) : undefined;
    const frame = isFirst ? copies[0] : isLast ? last : undefined;
    return frame === undefined ? [] : [{ frame, name: round.speaker.person.name }];
  });
  const lacks = firstOf(messages, ({ frame, name }) => whatLacks(frame, name));
  if (lacks !== undefined) return lacks;
  const ids = new Set(messages.map(({ frame }) => frame.fields.id));
  return ids.size === messages.length
    ? undefined
    : "it has the `id` of an earlier message, so a page treats it as a duplicate and doesn't show it";
}

/** In milliseconds: more than clocks differ, and less than a time that is made up. */
const HALF_A_DAY = 12 * 3_600_000;

const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** Returns what a message lacks for a page to show it: `docs/wire-format.md`. */
export function whatLacks({ fields: { from, at, id } }: Pick<Frame, 'fields'>, name: string): string | undefined {
  if (typeof from !== 'string') return "it doesn't say who sent it (`from`)";
  if (from !== name) return `it says that "${from}" sent it, but "${name}" did`;
  if (at === undefined || at === null || at === '') return "it doesn't say when (`at`)";
  const oddFormat = `its time ${JSON.stringify(at)} isn't in the format of ISO 8601 (\`at\`)`;
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return oddFormat;
  if (Math.abs(Date.parse(at) - Date.now()) > HALF_A_DAY) return `it was sent just now, but says ${at} (\`at\`)`;
  if (!ISO_8601.test(at)) return oddFormat;
  if (typeof id !== 'string' || id === '') return 'it has no `id`';
  return undefined;
}

/** Returns how often somebody got a text. */
export function timesHeard({ heard }: Person, text: string): number {
  return heard.filter(says(text)).length;
}

function firstOf<T, Found>(from: readonly T[], find: (each: T) => Found | undefined): Found | undefined {
  for (const each of from) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}
