import { check, type Evidence, type Finding, type Room, type Subject } from '../../checking/check.ts';
import { propertiesIn } from '../../observe/declared.ts';
import { isAnswer, marked } from '../../observe/marked.ts';
import { observeSenderRun } from '../../observe/printed.ts';
import { openRoom } from '../../observe/room.ts';
import { observeRoutes } from '../../observe/routes.ts';
import { speakerOf } from '../../observe/sender.ts';
import { observeTemplate } from '../../observe/template.ts';
import { errorIn, isOfStack, thrownAt } from '../../observe/thrown.ts';
import { RefusedError } from '../../probe/handshake.ts';
import { docs } from '../docs.ts';
import { type Door, doorIsShut, judgeDoor, observeDoor } from '../door.ts';
import { observeSpeakingCapacity } from '../no-capacity.ts';
import { claimedBefore, fieldsIn } from './claims-shown.ts';
import { converse } from './converse.ts';
import { fieldsRead } from './fields-read.ts';
import * as findings from './findings.ts';
import { inWords, remarkOn } from './in-words.ts';
import { isElsewhere, isOfAnotherRoute, mayMeanAnything, mustBeHeard } from './kinds.ts';
import { placeOf } from './place.ts';
import { type Round, rejectionOf, type Wrong, wrongIn } from './rounds.ts';
import { type Conversation, isWrong } from './talk.ts';

const shut = doorIsShut('05-spoofed-sender');

export interface Observation extends Conversation, Door {
  readonly room: Room;
  /** The status of the handshake, if somebody was refused. */
  readonly refused?: number;
  /** Of several fields with the name that the last message has, those that the handlers read. */
  readonly fieldsRead?: readonly string[];
  /** The log of the function behind `sendmessage`, if it failed or did nothing, and whether it timed out. */
  readonly log?: readonly Evidence[];
  readonly timedOut?: boolean;
  /** The logical id of that function, if the stack created it and something went wrong. */
  readonly sender?: string;
  /** Whether its code is in the stack's template: then no file has it. */
  readonly isInline?: boolean;
}

export const senderIsGenuine = check<Observation>({
  id: 'sender-is-genuine',
  title: "Messages carry their sender's true name",
  needs: ['stranger-is-refused'],
  expected:
    "Ada and Grace sign in and send messages that claim other names. Everyone gets each message under its sender's true name, or nobody gets it. A message with a text never makes the function fail.",
  async observe(subject) {
    const room = openRoom(subject);
    const since = Date.now();
    try {
      const conversed = await converse(subject, room);
      return {
        room,
        ...conversed,
        ...observeFields(subject, conversed),
        ...(isWrong(conversed) ? await observeCode(subject, room) : {}),
        ...(await observeCrash(subject, room, { ...conversed, since })),
      };
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      const { status: refused, conversation } = error;
      const door = await observeDoor(subject, room, { refused, since, conversation });
      return { room, rounds: [], conversation, refused, ...door };
    }
  },
  judge(observation) {
    const { room, rounds, conversation, isCutShort, log = [], timedOut, sender, isInline } = observation;
    const said = marked({ source: 'conversation', about: room.address, lines: conversation }, isAnswer);
    const atDoor = judgeDoor(observation, [said], shut);
    if (atDoor !== undefined) return atDoor;
    const last = rounds.at(-1);
    const wrong = last === undefined ? undefined : withField(wrongIn(last), observation);
    if (last !== undefined && wrong !== undefined) {
      const finding = timedOut === true ? findings.fails : findingOf(last, wrong, rounds);
      const error = log.flatMap(({ lines }) => lines.flatMap((line) => errorIn(line) ?? [])).at(-1);
      const inStack = isInline === true || (error !== undefined && isOfStack(error)) ? sender : undefined;
      return {
        outcome: 'failed',
        actual: inWords(last, wrong, { error, timedOut }),
        evidence: [said, ...fieldsIn(wrong), ...claimedBefore(wrong, rounds), ...log],
        // Any of the routes can be at fault.
        at:
          isOfAnotherRoute(last.kind) && wrong.kind !== 'of the address'
            ? room.api
            : (inStack ?? placeOf(wrong, last, timedOut)),
        finding,
        place: wrong.kind === 'crashed' ? thrownAt(log) : undefined,
      };
    }
    if (isCutShort === true) {
      const reason = 'The room was too slow: some people got a message long after others did.';
      return { outcome: 'inconclusive', reason, next: 'Run the command again.' };
    }
    const messages = rounds.filter(({ kind }) => !isElsewhere(kind) && !mayMeanAnything(kind));
    const rejected = messages.filter((round) => rejectionOf(round) !== undefined);
    const [first] = rejected;
    // A room can have messages to one person.
    const isForAll = messages.every(
      (round) => rejected.includes(round) || new Set(round.heard.map(({ who }) => who)).size > round.others.length,
    );
    if (first === undefined) {
      const actual = isForAll
        ? `Everyone got each of ${messages.length} messages under its sender's true name.`
        : `Each of ${messages.length} messages appeared under its sender's true name.`;
      return { outcome: 'passed', actual, evidence: [said], at: placeOf() };
    }
    const isAll = messages.every((round) => mustBeHeard(round.kind) || rejected.includes(round));
    return {
      outcome: 'passed',
      actual: `${isAll ? 'Messages' : 'Some messages'} that claimed a name were rejected. ${isForAll ? 'Everyone got the others' : 'The others appeared'} under their true names.`,
      evidence: [said],
      at: placeOf(),
      remark: remarkOn(first, isAll),
    };
  },
  hints: [
    'A message appeared under the name of somebody who never wrote it. Its sender was signed in, under another name.',
    'Send a message with an additional field: `{"action":"sendmessage","text":"hello","from":"Grace"}`. Where in functions/send-message.ts does the sender\'s name come from?',
    "The client controls everything in a message, so anyone can fill in whatever a handler reads there. The client doesn't control two things: `requestContext`, which has what the authorizer found in the token, and the row that $connect stored from it. Signing in is useless if the next function lets clients say who they are.",
    "Take the name from the sender's row and from nothing else, in functions/send-message.ts:",
  ],
  findings: [
    findings.anotherField,
    findings.anotherAction,
    findings.someNames,
    findings.lookalike,
    findings.remembered,
    findings.ofTheAddress,
    findings.ofTheProfile,
    findings.trustedClient,
    findings.trustedUser,
    findings.passedOn,
    findings.byHand,
    findings.altered,
    findings.ofTheText,
    findings.longText,
    findings.wrongName,
    findings.crashes,
    findings.fails,
    findings.toldAndHeard,
    findings.leftOut,
    findings.unheard,
    shut,
  ],
  docs: docs(
    '05-spoofed-sender',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html',
  ),
});

/** Finds out which field of a message the room trusted, if several had the same name in them. */
function observeFields(subject: Subject, { rounds }: Conversation): Pick<Observation, 'fieldsRead'> {
  const last = rounds.at(-1);
  const wrong = last === undefined ? undefined : wrongIn(last);
  if (wrong?.kind !== 'spoofed' || wrong.fields.length < 2) return {};
  return { fieldsRead: fieldsRead(subject.sources(), wrong.fields) };
}

/** Names the one field that the handlers read, if there is exactly one. */
function withField(wrong: Wrong | undefined, { fieldsRead: read = [] }: Observation): Wrong | undefined {
  return wrong?.kind === 'spoofed' && read.length === 1 ? { ...wrong, fields: read } : wrong;
}

/** Finds out whether the function failed, or Lambda did not run it, if somebody got an error from API Gateway. */
async function observeCrash(
  subject: Subject,
  room: Room,
  { rounds, since }: Pick<Conversation, 'rounds'> & { readonly since: number },
): Promise<Pick<Observation, 'log' | 'timedOut' | 'noCapacity'>> {
  const last = rounds.at(-1);
  const wrong = last === undefined ? undefined : wrongIn(last);
  // A function that runs into its timeout gives no answer for as long as people listen.
  const isUnanswered = wrong?.kind === 'not heard' && wrong.told === undefined && wrong.instead === undefined;
  if (wrong?.kind !== 'crashed' && !isUnanswered) return {};
  const { log, timedOut = false } = await observeSenderRun(subject, room, since);
  const ran = { log, ...(timedOut && isUnanswered ? { timedOut } : {}) };
  if (isUnanswered) return ran;
  return { ...ran, ...(await observeSpeakingCapacity(subject, room, { times: rounds.length, since })) };
}

/** Finds the function behind `sendmessage`, and whether its code is in a file. */
async function observeCode(subject: Subject, room: Room): Promise<Pick<Observation, 'sender' | 'isInline'>> {
  const { logicalId } = speakerOf(subject, room, await observeRoutes(subject, room));
  if (logicalId === undefined) return {};
  const { Code } = propertiesIn(await observeTemplate(subject))[logicalId] ?? {};
  return { sender: logicalId, isInline: Object(Code).ZipFile !== undefined };
}

function findingOf({ kind, heard }: Round, wrong: Wrong, rounds: readonly Round[]): Finding | undefined {
  // A rejected one can have been too many, or too long.
  const isRejected = 'told' in wrong && wrong.told !== undefined;
  if (kind === 'long text' && (wrong.kind === 'altered' || wrong.kind === 'not heard')) return findings.longText;
  if (wrong.kind === 'not heard' && wrong.instead !== undefined && !isJson(wrong.instead)) return findings.byHand;
  const isOfTheText = kind === 'name in the text' || (mayMeanAnything(kind) && kind !== 'without text');
  if (isOfTheText && wrong.kind !== 'crashed' && !isRejected) return findings.ofTheText;
  if (wrong.kind === 'of the address') return findings.ofTheAddress;
  if (wrong.kind === 'of the profile') return findings.ofTheProfile;
  if (kind === 'client') return findings.trustedClient;
  if (kind === 'known user') return findings.trustedUser;
  if (isElsewhere(kind)) return findings.anotherAction;
  switch (wrong.kind) {
    case 'spoofed':
      if (kind === 'plain') return rounds.some((each) => each.kind !== kind) ? findings.remembered : findings.wrongName;
      if (kind === 'lookalike') return findings.lookalike;
      if (['nobody', 'known name', 'odd value', 'odd values'].includes(kind)) return findings.someNames;
      if (kind === 'in the text') return findings.byHand;
      return kind === 'another person' && wrong.fields[0] === 'from' ? undefined : findings.anotherField;
    case 'passed on':
      return findings.passedOn;
    case 'altered':
      return kind === 'in the text' ? findings.byHand : findings.altered;
    case 'crashed':
      return kind === 'plain' ? findings.fails : findings.crashes;
    case 'told and heard':
      return findings.toldAndHeard;
    case 'not heard':
      if (kind === 'in the text' && wrong.told === undefined) return findings.byHand;
      return wrong.told === undefined && heard.length > 0 ? findings.leftOut : findings.unheard;
    case 'half heard':
      return findings.leftOut;
    default:
      return findings.unheard;
  }
}

function isJson(text: string): boolean {
  try {
    return JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}
