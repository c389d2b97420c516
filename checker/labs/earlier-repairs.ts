import { randomInt } from 'node:crypto';
import type { Evidence, Finding, Judgement, Subject } from '../checking/check.ts';
import { findRows, type RowFinder } from '../probe/connections.ts';
import { quoted, says } from '../probe/frames.ts';
import type { Participant } from '../probe/join-all.ts';
import { type StaleRow, speakPastStaleRow } from '../probe/stale-row.ts';
import { inUsualFields } from './05-spoofed-sender/attempts.ts';
import { usual } from './05-spoofed-sender/field-names.ts';
import { sayOnce } from './05-spoofed-sender/say-once.ts';
import { inList } from './among-ghosts.ts';

// Labs 6, 9 and 10 have their fault in the handler that had earlier faults, so a repair there can undo an earlier one.

/** An earlier repair in the handler: lab 5's or lab 4's. */
export type EarlierRepair = 'true name' | 'stale connections';

/** The repairs that a lab's handler had when the lab started. */
export interface EarlierRepairs {
  /** The handler's path among the lab's functions: `channels/send-message.ts`. */
  readonly handler: string;
  readonly repairs: readonly EarlierRepair[];
}

/** A message that claimed another person's name and was delivered under a name that isn't its sender's. */
export interface Spoofed {
  readonly speaker: string;
  /** The sender's true name. */
  readonly name: string;
  /** The label of the person whose name was claimed. */
  readonly claimed: string;
  /** The name that the room gave. */
  readonly from: unknown;
}

/** What happened to the earlier repairs. Each is left out if it wasn't looked at. */
export interface Regressions {
  readonly spoofed?: Spoofed;
  readonly stale?: StaleRow;
}

/** Looks at earlier repairs at the end of a conversation. */
export interface EarlierRepairsObserver {
  /** Must see everyone as they join. */
  readonly joined: (participant: Participant) => Promise<void>;
  readonly observe: (people: readonly Participant[]) => Promise<Regressions>;
}

/** Starts before anybody joins. */
export async function startEarlierRepairs(
  subject: Subject,
  { repairs }: EarlierRepairs,
): Promise<EarlierRepairsObserver> {
  const finder = repairs.includes('stale connections') ? await findRows(subject) : undefined;
  return {
    joined: finder?.joined ?? (async () => {}),
    async observe(people) {
      const stale = finder === undefined ? undefined : await leaveStaleRow(subject, finder, people);
      const present = people.filter(({ person }) => person.isHere);
      // The room can answer a claim with an error, and the stale row's speaker must not get one.
      const before = stale?.().speaker;
      const spoofed = repairs.includes('true name') ? await claimName(subject, present, before) : undefined;
      return { ...(spoofed === undefined ? {} : { spoofed }), ...(stale === undefined ? {} : { stale: stale() }) };
    },
  };
}

async function leaveStaleRow(subject: Subject, finder: RowFinder, people: readonly Participant[]) {
  const leaver = people.at(-1);
  if (leaver === undefined) return undefined;
  return speakPastStaleRow(subject, { finder, leaver, people: people.slice(0, -1) });
}

/**
 * Somebody sends a message with another person's name in the fields that clients use most. It can be delivered under the
 * sender's name, or rejected, with or without an error.
 */
async function claimName(
  subject: Subject,
  people: readonly Participant[],
  before: string | undefined,
): Promise<Spoofed | undefined> {
  const others = people.filter(({ label }) => label !== before);
  const speaker = others[randomInt(Math.max(1, others.length))];
  const claimed = people.find((each) => each !== speaker);
  if (speaker === undefined || claimed === undefined) return undefined;
  const { name } = speaker.person;
  const attempt = inUsualFields(claimed.person.name);
  await sayOnce(subject, { speaker: speaker.person, people, attempt, isSilent: false });
  const heard = people.flatMap(({ person }) => person.heard.filter(says(attempt.text)));
  const other = heard.find(({ fields }) => fields.from !== name);
  return other && { speaker: speaker.label, name, claimed: claimed.label, from: other.fields.from };
}

/** Returns the judgment if an earlier repair doesn't hold anymore; undefined if all do, or none could be looked at. */
export function judgeEarlierRepairs(
  { spoofed, stale }: Regressions,
  {
    lab,
    handler,
    evidence,
  }: { readonly lab: string; readonly handler: string; readonly evidence: readonly Evidence[] },
): Judgement | undefined {
  if (spoofed !== undefined) {
    const reads = usual.flatMap((field) => [`message.${field}`, `message?.${field}`]);
    const near = [...reads, 'const name', 'from:', 'from'];
    const finding = nameFromTheMessage(lab, handler);
    return { outcome: 'failed', actual: spoofedInWords(spoofed), evidence, at: { handler, near }, finding };
  }
  const wrong = stale && staleInWords(stale);
  if (wrong === undefined) return undefined;
  const near = ['GoneException', '410', 'PostToConnectionCommand('];
  const finding = staleConnection(lab, handler);
  return { outcome: 'failed', actual: wrong, evidence, at: { handler, near }, finding };
}

const STARTED_SO = 'The lab started with that repaired.';

function spoofedInWords({ speaker, name, claimed, from }: Spoofed): string {
  const said = `${speaker} signed in as "${name}" and sent a message with ${claimed}'s name in fields such as \`from\` and \`name\`.`;
  const shown = from === undefined ? 'nobody' : JSON.stringify(from);
  return `${said} Now the room says that ${shown} wrote it. ${STARTED_SO}`;
}

function staleInWords({ of, table, speaker, told, missed, isLeft }: StaleRow): string | undefined {
  const before = `${of}'s connection ended, but its row stayed in the table ${table}. Then ${speaker} sent a message`;
  const didNot = missed.length === 0 ? '' : `${inList(missed)} didn't get it`;
  if (told !== undefined) {
    const more = didNot === '' ? '' : ` ${didNot}.`;
    return `${before} and got an error: ${quoted(told)}.${more} ${STARTED_SO}`;
  }
  if (didNot !== '') return `${before}, and ${didNot}. ${STARTED_SO}`;
  return isLeft ? `${before}. Everyone got it, but the row is still there. ${STARTED_SO}` : undefined;
}

/** Returns the mistakes that `judgeEarlierRepairs` can recognize in a lab. */
export function earlierRepairsFindings(lab: string, { handler, repairs }: EarlierRepairs): Finding[] {
  return [
    ...(repairs.includes('true name') ? [nameFromTheMessage(lab, handler)] : []),
    ...(repairs.includes('stale connections') ? [staleConnection(lab, handler)] : []),
  ];
}

function nameFromTheMessage(lab: string, handler: string): Finding {
  return {
    id: 'name-from-the-message',
    hints: [
      "A message can appear under another person's name again. The lab started with that repaired, so one of your changes broke it.",
      `${shows(lab)} Where does functions/${handler} get the sender's name?`,
      "The sender writes the whole message, so anyone can put any name in it. Nobody can choose the name that the authorizer found in the token: `requestContext.authorizer` has it, and so does the row that `$connect` wrote. This lab's fault is somewhere else, so leave the name as it was.",
      patch,
    ],
  };
}

function staleConnection(lab: string, handler: string): Finding {
  return {
    id: 'stale-connection',
    hints: [
      "The room doesn't handle stale connections anymore. The lab started with that repaired, so one of your changes broke it.",
      `${shows(lab)} What does functions/${handler} do if a post is answered with 410?`,
      "410 Gone says that a connection has ended and that its row is stale. The message hasn't failed: delete that one row, post to everyone else, and let every other error propagate. This lab's fault is somewhere else, so leave that as it was.",
      patch,
    ],
  };
}

function shows(lab: string): string {
  return `\`npx lab diff ${lab.slice(0, 2)}\` shows what you changed.`;
}

const patch = 'How your files differ from the solution:';
