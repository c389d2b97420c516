import { check, type Evidence, type Finding, type HandlerLine, type Room, type Subject } from '../../checking/check.ts';
import { isAnswer, marked } from '../../observe/marked.ts';
import { observePrinted } from '../../observe/printed.ts';
import { openRoom } from '../../observe/room.ts';
import { inQuotes } from '../../probe/frames.ts';
import { RefusedError } from '../../probe/handshake.ts';
import { docs } from '../docs.ts';
import { type Door, judgeDoor, observeDoor } from '../door.ts';
import { observeSpeakingCapacity } from '../no-capacity.ts';
import { converse } from './converse.ts';
import * as findings from './findings.ts';
import { isElsewhere, mustBeHeard, type Round, rejectionOf, type Wrong, wrongIn } from './rounds.ts';
import type { Conversation } from './talk.ts';

export interface Observation extends Conversation, Door {
  readonly room: Room;
  /** The status of the handshake, if somebody was refused. */
  readonly refused?: number;
  /** The log of the function behind `sendmessage`, if it failed. */
  readonly log?: readonly Evidence[];
}

export const senderIsGenuine = check<Observation>({
  id: 'sender-is-genuine',
  title: "Messages carry their sender's true name",
  needs: ['stranger-is-refused'],
  expected:
    "Ada and Grace sign in and send messages that claim other names. Everyone gets each message under its sender's true name, or nobody gets it.",
  async observe(subject) {
    const room = openRoom(subject);
    const since = Date.now();
    try {
      const conversed = await converse(subject, room);
      return { room, ...conversed, ...(await observeCrash(subject, room, { ...conversed, since })) };
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      const { status: refused, conversation } = error;
      const door = await observeDoor(subject, room, { refused, since, conversation });
      return { room, rounds: [], conversation, refused, ...door };
    }
  },
  judge(observation) {
    const { room, rounds, conversation, isCutShort, log = [] } = observation;
    const said = marked({ source: 'conversation', about: room.address, lines: conversation }, isAnswer);
    const atDoor = judgeDoor(observation, [said]);
    if (atDoor !== undefined) return atDoor;
    const last = rounds.at(-1);
    const wrong = last === undefined ? undefined : wrongIn(last);
    if (last !== undefined && wrong !== undefined) {
      const finding = findingOf(last, wrong, rounds);
      return {
        outcome: 'failed',
        actual: inWords(last, wrong),
        evidence: [said, ...log],
        // Any of the routes can be at fault.
        at: isElsewhere(last.kind) && wrong.kind !== 'of the address' ? room.api : placeOf(wrong),
        ...(finding === undefined ? {} : { finding }),
      };
    }
    if (isCutShort === true) {
      const reason = 'The room was too slow: some people got a message long after others did.';
      return { outcome: 'inconclusive', reason, next: 'Run the command again.' };
    }
    const messages = rounds.filter(({ kind }) => !isElsewhere(kind));
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
    findings.passedOn,
    findings.byHand,
    findings.altered,
    findings.ofTheText,
    findings.crashes,
    findings.fails,
    findings.toldAndHeard,
    findings.unheard,
  ],
  docs: docs(
    '05-spoofed-sender',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html',
  ),
});

/** Finds out whether the function failed, or Lambda did not run it, if somebody got an error from API Gateway. */
async function observeCrash(
  subject: Subject,
  room: Room,
  { rounds, since }: Pick<Conversation, 'rounds'> & { readonly since: number },
): Promise<Pick<Observation, 'log' | 'noCapacity'>> {
  const last = rounds.at(-1);
  if (last === undefined || wrongIn(last)?.kind !== 'crashed') return {};
  const log = await observePrinted(subject, room, since);
  return { log, ...(await observeSpeakingCapacity(subject, room, { times: rounds.length, since })) };
}

/** Worth knowing about a room that rejects messages with unexpected fields: all of them, or only some. */
function remarkOn(first: Round, isAll: boolean): string {
  const which = isAll ? 'messages with additional fields' : `some messages, such as one with ${CLAIMS[first.kind]}`;
  if (first.told !== undefined)
    return `The room rejects ${which}: "${first.told}" That's strict and correct. It also breaks clients that send their own fields, so let their authors know.`;
  return `${isAll ? 'Messages with additional fields' : `Some messages, such as one with ${CLAIMS[first.kind]},`} disappear: nobody gets them, and the sender gets no error. API Gateway doesn't return a status such as 400 to the client. Tell the sender why, with \`tellSender\`.`;
}

function inWords(round: Round, wrong: Wrong): string {
  const { speaker, name, kind, others } = round;
  switch (wrong.kind) {
    case 'spoofed': {
      const shown = `the room says that ${quoted(wrong.from)} wrote it`;
      if (kind === 'afterward')
        return `${speaker} signed in as "${name}", sent another person's name to the API's other routes, and then an ordinary message. Now ${shown}.`;
      if (kind === 'another action')
        return `${speaker} signed in as "${name}" and sent a message with the action ${JSON.stringify(actionOf(round))} and ${CLAIMS[kind]}. Now ${shown}.`;
      if (wrong.field !== undefined)
        return `${speaker} signed in as "${name}" and sent a message with ${quoted(wrong.from)} in its field \`${wrong.field}\`. Now ${shown}.`;
      if (kind === 'plain') return `${speaker} signed in as "${name}" and sent an ordinary message. Now ${shown}.`;
      return `${speaker} signed in as "${name}" and sent a message with ${CLAIMS[kind]}. Now ${shown}.`;
    }
    case 'of the address':
      return `${speaker} signed in as "${name}", but her message carries the name "${wrong.from}", which is in ${wrong.place}. Anyone can put any name there.`;
    case 'passed on':
      return `The room says that "${name}" wrote it, but also delivers what she claimed: ${inQuotes(wrong.value)}, in the field \`${wrong.field}\`. A client that shows this field shows a false name.`;
    case 'altered':
      return `${speaker} sent a message with ${CLAIMS[kind]}, and people got a different text: ${JSON.stringify(wrong.text)}.`;
    case 'closed':
      return `${speaker} sent a message with ${CLAIMS[kind]}, and the room closed ${wrong.who === speaker ? 'her' : `${wrong.who}'s`} connection. A room answers with an error, and never closes one: docs/wire-format.md.`;
    case 'crashed':
      if (kind === 'plain')
        return `${speaker} sent a message with ${CLAIMS[kind]}, and got "Internal server error": the function failed, or API Gateway can't invoke it.`;
      return `${speaker} sent a message with ${CLAIMS[kind]}, and got "Internal server error": the function failed instead of ignoring or rejecting it.`;
    case 'told and heard':
      return `${speaker} got an error, but people got the message: ${wrong.told}`;
    case 'not heard':
      return wrong.told === undefined
        ? `${speaker} sent a message with ${CLAIMS[kind]}, but not everyone in the room got it.${ageOf(round)}`
        : `${speaker} sent a message with ${CLAIMS[kind]}, and got an error: ${wrong.told}`;
    case 'half heard':
      return `${speaker} sent a message with ${CLAIMS[kind]}. ${wrong.by.join(' and ')} got it; the other ${others.length === 1 ? 'person' : 'people'} in the room did not.${ageOf(round)}`;
  }
}

/** A room must not drop people because they connected long ago. */
function ageOf({ old, heard }: Round): string {
  const isDropped = heard.length > 0 && old !== undefined && !heard.some(({ who }) => who === old);
  return isDropped ? ` ${old}, who didn't, connected long before.` : '';
}

/** The part of a message besides its action and text. */
const CLAIMS: Readonly<Record<Round['kind'], string>> = {
  plain: 'only a text',
  'another person': "another person's name in an additional field",
  nobody: 'a made-up name in an additional field',
  lookalike: 'a name that looks like her own',
  'odd value': "a value that isn't a name",
  connection: "the key of another person's connection",
  'many fields': 'names in many fields',
  flags: "another person's name, and `true` in other fields",
  'known name': 'a name that your code looks for, in an additional field',
  'known value': "another person's name, and in other fields a value that your code looks for",
  'read fields': "another person's name or connection in every field that your handlers read",
  'half true': "another person's name, and in other fields something true about herself",
  nested: 'names in nested objects',
  token: "another person's name in a token that nobody signed",
  'unusual JSON': 'duplicate fields, or fields with unusual names',
  'in the text': 'quotation marks in its text',
  'name in the text': 'a name in its text',
  'another action': "another person's name",
  afterward: 'only a text',
  'at the door': 'only a text',
};

function actionOf({ frame }: Round): unknown {
  return (JSON.parse(frame) as { action?: unknown }).action;
}

function quoted(from: unknown): string {
  return from === undefined ? 'nobody' : JSON.stringify(from);
}

function findingOf({ kind }: Round, wrong: Wrong, rounds: readonly Round[]): Finding | undefined {
  // A rejected one can have been too many, or too long.
  const isRejected = 'told' in wrong && wrong.told !== undefined;
  if (kind === 'name in the text' && wrong.kind !== 'crashed' && !isRejected) return findings.ofTheText;
  if (wrong.kind === 'of the address') return findings.ofTheAddress;
  if (isElsewhere(kind)) return findings.anotherAction;
  switch (wrong.kind) {
    case 'spoofed':
      if (kind === 'plain') return rounds.length > 1 ? findings.remembered : undefined;
      if (kind === 'lookalike') return findings.lookalike;
      if (kind === 'nobody' || kind === 'known name' || kind === 'odd value') return findings.someNames;
      if (kind === 'in the text') return findings.byHand;
      return kind === 'another person' && wrong.field === 'from' ? undefined : findings.anotherField;
    case 'passed on':
      return findings.passedOn;
    case 'altered':
      return kind === 'in the text' ? findings.byHand : findings.altered;
    case 'crashed':
      return kind === 'plain' ? findings.fails : findings.crashes;
    case 'told and heard':
      return findings.toldAndHeard;
    case 'not heard':
      return kind === 'in the text' && wrong.told === undefined ? findings.byHand : findings.unheard;
    default:
      return findings.unheard;
  }
}

/**
 * Returns the line that reads the field or builds the text, as far as the source shows it; otherwise the one that names
 * the sender.
 */
function placeOf(wrong?: Wrong): HandlerLine {
  if (wrong?.kind === 'of the address') return { handler: 'connect.ts', near: ['const name', 'username'] };
  if (wrong?.kind === 'altered') {
    return {
      handler: 'send-message.ts',
      near: ['text: ', '`,"text"', "type: 'message'", 'JSON.stringify(', '"message"'],
    };
  }
  const field = wrong?.kind === 'spoofed' || wrong?.kind === 'passed on' ? wrong.field?.split('.').at(-1) : undefined;
  const reads =
    field === undefined ? [] : [`message.${field}`, `message?.${field}`, `.${field} `, `{ ${field}`, `'${field}'`];
  return { handler: 'send-message.ts', near: [...reads, 'const name', 'from:', 'from'] };
}
