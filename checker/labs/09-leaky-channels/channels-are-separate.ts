import { check, type Evidence, type Finding, type Room } from '../../checking/check.ts';
import { marked } from '../../observe/marked.ts';
import { observePrinted } from '../../observe/printed.ts';
import { openRoom } from '../../observe/room.ts';
import { observeRoutes } from '../../observe/routes.ts';
import { speakerOf } from '../../observe/sender.ts';
import { thrownAt } from '../../observe/thrown.ts';
import { isCrash } from '../../probe/frames.ts';
import { costOfReading } from '../../scale/cost-of-message.ts';
import { docs } from '../docs.ts';
import { type Door, judgeDoor, observeDoor } from '../door.ts';
import { grouped } from '../grouped.ts';
import { observeSpeakingCapacity } from '../no-capacity.ts';
import { converse, type Talk } from './converse.ts';
import * as findings from './findings.ts';
import { inWords } from './in-words.ts';
import { type Between, heardBy, type Wrong, wrongIn } from './rounds.ts';
import { isOf } from './telling.ts';

export interface Observation extends Talk, Door {
  readonly room: Room;
  /** Whether the handler scans the table, and thus reads the rows of every channel. */
  readonly scans: boolean;
  /** The log of the function behind `sendmessage`, if somebody got an error. */
  readonly log: readonly Evidence[];
  /** Its logical id, if the stack created it. */
  readonly speaks?: string | undefined;
}

/** What DynamoDB says if the function's role lacks a permission. */
const DENIED = /is not authorized to perform: dynamodb:/;
const HANDLER = 'channels/send-message.ts';
const SCANS = ['.scan(', 'ScanCommand(', 'paginateScan('];
/** Where a handler writes a row's channel: one that changes it, or else the one that writes new rows. */
const WRITES = {
  handler: 'channels/connect.ts',
  anywhere: ['UpdateItemCommand(', '.updateItem(', 'UpdateCommand('],
  near: ['channel: {', 'channel:', 'PutItemCommand('],
};
const QUERIES = ['.query(', 'QueryCommand(', 'paginateQuery('];

export const channelsAreSeparate = check<Observation>({
  id: 'channels-are-separate',
  title: 'Messages stay in their channel',
  needs: ['only-members-get-in'],
  expected:
    'Three people are in each of two channels, and three are in others; Ada and Hedy have a second tab. Every tab gets the messages of its channel once, and nothing of any other, whatever its text is, and whatever channel a message or a handshake names.',
  async observe(subject) {
    const room = openRoom(subject);
    const since = Date.now();
    const talk = await converse(subject, room);
    const wrong = wrongIn(talk.rounds);
    const isFailure = wrong?.kind === 'error' && isCrash(wrong.round.told);
    const lineOf = (near: readonly string[]) => subject.locate({ handler: HANDLER, near })?.line;
    return {
      room,
      ...talk,
      scans: lineOf(SCANS) !== lineOf([]),
      log: talk.rounds.some(({ told }) => told !== undefined) ? await observePrinted(subject, room, since) : [],
      speaks: isFailure ? speakerOf(subject, room, await observeRoutes(subject, room)).logicalId : undefined,
      ...(await observeDoor(subject, room, { ...talk, since })),
      ...(isFailure ? await observeSpeakingCapacity(subject, room, { times: talk.rounds.length, since }) : {}),
    };
  },
  judge(observation) {
    const { room, rounds, signal, conversation, scans, log, speaks } = observation;
    const wrong = wrongIn(rounds);
    const evidence: Evidence[] = [
      marked({ source: 'conversation', about: room.address, lines: conversation }, (line) => decidesLine(line, wrong)),
      ...log,
    ];
    const at = { handler: HANDLER, near: [...SCANS, ...QUERIES] };
    const atDoor = judgeDoor(observation, evidence);
    if (atDoor !== undefined) return atDoor;
    if (wrong !== undefined) {
      const isFailure = wrong.kind === 'error' && isCrash(wrong.round.told);
      if (isFailure && log.some(({ lines }) => lines.some((line) => DENIED.test(line)))) {
        const denied = { at: speaks ?? at, finding: findings.notAllowed };
        return { outcome: 'failed', actual: inWords(wrong), evidence, ...denied };
      }
      const place = isFailure ? thrownAt(log) : undefined;
      const where = wrong.kind === 'name believed' ? WRITES : at;
      return { outcome: 'failed', actual: inWords(wrong), evidence, at: where, place, finding: findingOf(wrong) };
    }
    if (signal !== undefined) {
      const [conversation, ...more] = evidence;
      const shown = conversation && marked(conversation, (line) => line.includes(` ← ${signal.frame.slice(0, 40)}`));
      const actual = `${signal.who} is in the channel "${signal.channel}", and got something after ${signal.times} of ${signal.messages} messages in other channels: ${signal.frame}`;
      const parts = shown === undefined ? more : [shown, ...more];
      return { outcome: 'failed', actual, evidence: parts, at, finding: findings.signForOthers };
    }
    return {
      outcome: 'passed',
      actual: 'Everyone got the messages of their channel once, and none of any other.',
      evidence,
      at,
      ...(scans ? { remark: READS_EVERYONE } : {}),
    };
  },
  hints: [
    'People in one channel read the messages of another. They did nothing unusual: they joined their own channel and waited.',
    'One function posts the message to each connection. To which ones? Look at what functions/channels/send-message.ts reads before it posts. Hiding messages on the page is no fix: the browser has received them.',
    "A connection's row has its channel, and the index `byChannel` has the same rows with `channel` as the partition key. A Query with a key condition reads the rows of one channel only, and DynamoDB charges only for those. The channel itself comes from the authorizer, in `requestContext`.",
    'In functions/channels/send-message.ts, query the index instead of scanning the table:',
  ],
  findings: [
    findings.claimBelieved,
    findings.openForSomeTexts,
    findings.namedElsewhere,
    findings.comparedInPart,
    findings.someConnections,
    findings.generalIsMixed,
    findings.foundByName,
    findings.openIfEmpty,
    findings.openOnLaterPages,
    findings.openIfReadFails,
    findings.openAfterStaleRow,
    findings.errorInstead,
    findings.notAllowed,
    findings.signForOthers,
    findings.nobodyHears,
    findings.onlyTheSpeaker,
    findings.somethingElse,
    findings.somebodyMissed,
    findings.heardTwice,
  ],
  docs: docs(
    '09-leaky-channels',
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.Reading',
  ),
});

/** The company in the cost estimate: the number of people in the room at once, and of channels. */
const PEOPLE = 2_000;
const CHANNELS = 100;
const MESSAGES = 1_000_000;

const READS_EVERYONE = `The handler scans the table: for each message it reads the rows of all channels, and DynamoDB charges for everything it reads, before any filter. With ${grouped(PEOPLE)} people in ${CHANNELS} channels, a million messages cost ${readCost(PEOPLE)} in reads. A Query on the index costs ${readCost(PEOPLE / CHANNELS)}, or half of that, because index reads are eventually consistent.`;

/** Returns what it costs to read so many rows for each of a million messages. */
function readCost(rows: number): string {
  return `$${(MESSAGES * costOfReading(rows)).toFixed(2)}`;
}

const BETWEEN: Readonly<Record<Between, Finding | undefined>> = {
  all: undefined,
  general: findings.generalIsMixed,
  'no rows': findings.openIfEmpty,
  pages: findings.openOnLaterPages,
  'failing read': findings.openIfReadFails,
  'stale row': findings.openAfterStaleRow,
  'of one person': findings.foundByName,
  some: findings.comparedInPart,
  'some connections': findings.someConnections,
};

function findingOf(wrong: Wrong): Finding | undefined {
  switch (wrong.kind) {
    case 'leaked':
      return BETWEEN[wrong.between];
    case 'claim believed':
      return wrong.round.claims?.isText === true ? findings.openForSomeTexts : findings.claimBelieved;
    case 'moved':
      return findings.claimBelieved;
    case 'name believed':
      return findings.namedElsewhere;
    case 'error':
      return findings.errorInstead;
    case 'missed': {
      const { round, missed } = wrong;
      const { instead, speaker, claims } = round;
      const [first, ...others] = heardBy(round);
      if (instead !== undefined) return findings.somethingElse;
      if (claims !== undefined || others.length > 0) return findings.somebodyMissed;
      if (first === undefined) return findings.nobodyHears;
      // A single other tab can be the same person's, and a room may know people by their names.
      return first === speaker && missed.length > 1 ? findings.onlyTheSpeaker : findings.somebodyMissed;
    }
    case 'twice':
      return findings.heardTwice;
  }
}

/** Whether a line of the conversation shows what is wrong; if nothing is, whether it shows a message. */
function decidesLine(line: string, wrong: Wrong | undefined): boolean {
  if (wrong === undefined) return line.includes(' → ');
  const { outside, words } = wrong.round;
  const [, label = ''] = /^\+\d+ ms {2}([^"]*?) [→←] /.exec(line) ?? [];
  // If a channel leaks, the lines of its own members show nothing new.
  return outside.includes(label)
    ? isOf(wrong.round)({ text: line })
    : line.includes(words) && (outside.length === 0 || line.includes(' → '));
}
