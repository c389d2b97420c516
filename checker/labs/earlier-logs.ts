import type { Judgement, Room, Subject } from '../checking/check.ts';
import { observeFunctionLogs } from '../observe/function-logs.ts';
import { eventsSince } from '../observe/log-events.ts';
import { openRoom } from '../observe/room.ts';
import type { Participant } from '../probe/join-all.ts';
import { type Needle, phrasesIn } from '../probe/needles.ts';
import type { Frame } from '../probe/person.ts';
import { leaksIn } from './10-words-in-the-log/found-in-logs.ts';
import { evidenceOf } from './10-words-in-the-log/leak-evidence.ts';
import { type Observation as Expiry, logsExpire } from './10-words-in-the-log/logs-expire.ts';
import { isPlatformLine } from './10-words-in-the-log/platform-line.ts';
import { type Found, rank, whatWasFound } from './10-words-in-the-log/what-was-found.ts';

/** What the functions logged of a conversation, and how long they keep it: lab 10's repair. */
export interface EarlierLogs {
  readonly room: Room;
  readonly found: readonly Found[];
  readonly expiry: Expiry;
}

/** From this many characters on, a text has more phrases than are worth looking for. */
const LONG = 200;

/**
 * Reads the functions' logs since a moment for what these people said and for their names. A log on AWS can be late:
 * then it shows less, and nobody waits for it.
 */
export async function observeEarlierLogs(
  subject: Subject,
  people: readonly Participant[],
  since: number,
): Promise<EarlierLogs> {
  const room = openRoom(subject);
  const [logs, expiry] = await Promise.all([observeFunctionLogs(subject, room), logsExpire.observe(subject)]);
  const needles = needlesOf(people);
  const found: Found[] = [];
  // One after the other: CloudWatch Logs allows five such calls per second.
  for (const { group, ...writer } of logs) {
    const events = (await eventsSince(subject, group, since)) ?? [];
    const printed = events.filter(({ message = '' }) => !isPlatformLine(message));
    // Lab 10 looks again at what a log may have by chance. Here only the rest counts.
    const leaks = leaksIn(group, printed, needles).filter(({ mayBeChance }) => mayBeChance !== true);
    found.push(...leaks.map((leak) => ({ ...leak, writer })));
  }
  return { room, found: found.sort((one, other) => rank(one) - rank(other)), expiry };
}

function needlesOf(people: readonly Participant[]): Needle[] {
  const names = new Map(people.map(({ label, person }) => [person.name, `${label.replace(/'s .*$/, '')}'s name`]));
  // A room's own notices can have a text, too, which any log may have.
  const isTheirs = ({ fields }: Frame) => names.has(String(fields.from));
  const texts = people.flatMap(({ person }) => person.heard.filter(isTheirs).map(({ fields }) => fields.text));
  const said = new Set(texts.filter((text) => typeof text === 'string' && text.length < LONG).map(String));
  return [
    ...[...said].flatMap((text) => phrasesIn(text, 'what somebody said')),
    ...[...names].map(([text, called]): Needle => ({ kind: 'name', text, called })),
  ];
}

/** Returns the judgment if the logs have what somebody said, or keep it forever; undefined if they don't. */
export function judgeEarlierLogs({
  room,
  found,
  expiry,
}: EarlierLogs): (Judgement & { outcome: 'failed' }) | undefined {
  const [worst] = found;
  if (worst !== undefined) {
    const { writer } = worst;
    const at = ('logicalId' in writer ? writer.logicalId : undefined) ?? room.api;
    return { outcome: 'failed', actual: whatWasFound(worst, found), evidence: evidenceOf(found), at };
  }
  const judgement = logsExpire.judge(expiry);
  return judgement.outcome === 'failed' ? judgement : undefined;
}
