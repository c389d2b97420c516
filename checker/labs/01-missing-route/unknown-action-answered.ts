import { check, type Evidence, type Finding, type Room, type Subject } from '../../checking/check.ts';
import { observeFunction } from '../../observe/function.ts';
import { isAnswer, marked } from '../../observe/marked.ts';
import { openRoom } from '../../observe/room.ts';
import { observeRoutes } from '../../observe/routes.ts';
import { thrownAt } from '../../observe/thrown.ts';
import { answers, inQuotes, isCrash, isTrouble, quoted, type Reply, replyTo, says } from '../../probe/frames.ts';
import { joinBoth, type Tickets } from '../../probe/join-all.ts';
import type { Frame, Person } from '../../probe/person.ts';
import { letter, saying, unheardOfAction } from '../../probe/sayings.ts';
import { untilQuiet } from '../../probe/until-quiet.ts';
import { visit } from '../../probe/visit.ts';
import { docs } from '../docs.ts';
import { type Door, judgeDoor, observeDoor } from '../door.ts';
import { observeNoCapacity } from '../no-capacity.ts';

export interface Observation extends Door {
  readonly room: Room;
  readonly refused?: number;
  /** The answer to Ada, who sent an unknown action, or to Grace, if only hers is wrong. */
  readonly reply: Reply;
  readonly by?: 'Grace';
  /** Something else that Ada sent, and what she got instead of the room's error. */
  readonly odd?: { readonly sent: string; readonly got?: string };
  /** The words of that answer, if it says that another action is unknown. */
  readonly misnamed?: string;
  /** Another frame that Ada got. */
  readonly more?: string;
  /** Frames about it that Grace got. */
  readonly overheard: readonly string[];
  readonly conversation: readonly string[];
  /** The account's view of the function behind `$default`, if it failed. */
  readonly failure?: readonly Evidence[];
}

/**
 * How long to wait for further frames, in milliseconds: a function that fails after it answered reports that right
 * away.
 */
const SETTLES = { aws: 200, least: 200 };

const oddFrames: Finding = {
  id: 'odd-frames',
  hints: [
    "Unknown actions get an error, but other messages that the room can't read don't.",
    '`npx lab check 01` shows what Ada sent last, and what the function behind `$default` logged if it failed. docs/wire-format.md lists what the room answers with an error.',
    "Clients can send anything: text that isn't JSON, JSON that isn't an object, such as `null`, an object without an action, or an action that isn't a string. All of these go to `$default`. If its function throws an error, the sender only gets \"Internal server error\" from API Gateway.",
    'How your stack.ts differs from the solution:',
  ],
};

export const unknownActionAnswered = check<Observation>({
  id: 'unknown-action-answered',
  title: 'Unknown actions are answered with an error',
  needs: ['room-is-deployed'],
  expected:
    "Ada sends an unknown action, and then Grace another one. Each gets an error that says so; nobody else does. Ada also gets an error for text that isn't JSON, for JSON that isn't an object, for no action, and for one that isn't a string.",
  observe: (subject) => observeUnknown(subject),
  judge(observation) {
    const { room, reply, by = 'Ada', odd, misnamed, more, overheard, conversation, failure = [] } = observation;
    const said = marked({ source: 'conversation', about: room.address, lines: conversation }, isAnswer);
    const evidence = [said, ...failure];
    const failed = (actual: string) => ({ outcome: 'failed', actual, evidence, at: room.api }) as const;
    const atDoor = judgeDoor(observation, evidence);
    if (atDoor !== undefined) return atDoor;
    if (overheard.length > 0) return failed(`Grace got something too: ${overheard[0]}`);
    if (reply.kind === 'success')
      return failed(`${by} got a success message, though the action is unknown: ${reply.text}`);
    if (more !== undefined) return failed(`Ada got an answer, and then a second one: ${more}`);
    if (misnamed !== undefined)
      return failed(`${by} got an error that names another action than the one sent: ${inQuotes(misnamed)}`);
    if (odd !== undefined) {
      const got = odd.got === undefined ? 'no answer' : `${quoted(odd.got)} instead of an error from the room`;
      const actual = `Each got that error. Then Ada sent \`${odd.sent}\` and got ${got}.`;
      return { ...failed(actual), place: thrownAt(failure), finding: oddFrames };
    }
    if (reply.kind === 'unknown action')
      return { outcome: 'passed', actual: 'Each got that error; nobody else did.', evidence, at: room.api };
    if (reply.kind === 'silence') return failed(`${by} got no answer.`);
    if (reply.kind === 'forbidden')
      return failed(`${by} got "Forbidden" from API Gateway: the API no longer has \`$default\`.`);
    if (reply.kind === 'message') return failed(`The room delivered it as a message from ${by}.`);
    return { ...failed(`${by} got something else: ${reply.text}`), place: thrownAt(failure) };
  },
  hints: [
    'Unknown actions no longer get an error.',
    "Look at the API's route `$default`: what does it invoke, and does it send the answer back?",
    '`$default` gets every message that matches no other route. Its answer reaches the sender only if the route has a route response. Without one, whatever the function returns is dropped.',
    `In the API in stack.ts, the original:

defaultRouteOptions: {
  integration: new WebSocketLambdaIntegration('UnknownActionIntegration', unknownAction),
  returnResponse: true,
},`,
  ],
  findings: [oddFrames],
  docs: docs(
    '01-missing-route',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-routes-integrations.html',
  ),
});

/** Sends an unknown action. `tickets`: people's tokens, if the room requires signing in. */
export async function observeUnknown(subject: Subject, tickets?: Tickets): Promise<Observation> {
  const since = Date.now();
  const observation = await sendUnknown(subject, openRoom(subject), tickets);
  const { room, reply, odd, conversation } = observation;
  const failed = async () => {
    const route = (await observeRoutes(subject, room)).find(({ routeKey }) => routeKey === '$default');
    const times = conversation.filter((line) => line.includes(' → ')).length;
    const functionName = route?.integration?.functionName;
    const [failure, none] = await Promise.all([
      functionName === undefined ? [] : observeFunction(subject, functionName),
      observeNoCapacity(subject, room, [{ functionName, by: '$default', times, since }]),
    ]);
    return { failure, ...none };
  };
  const seen = await (reply.kind === 'function failed' || isCrash(odd?.got)
    ? failed()
    : observeDoor(subject, room, { ...observation, since }));
  return { ...observation, ...seen };
}

function sendUnknown(subject: Subject, room: Room, tickets: Tickets | undefined): Promise<Observation> {
  return visit(subject, room.address, async (inside) => {
    const { conversation } = inside;
    const people = await joinBoth(inside, tickets);
    if ('refused' in people) {
      return { room, refused: people.refused, reply: { kind: 'silence' }, overheard: [], conversation };
    }
    const { ada, grace } = people;
    const [action, text] = [unheardOfAction(), saying()];
    ada.say({ action, text });
    const answer = await ada.hears(answers(text));
    const toAda = { reply: replyTo(action, text, answer), ...wordsOf(answer, action) };
    let judged: Pick<Observation, 'reply' | 'by' | 'misnamed'> = toAda;
    // The room delivers a message before it answers. So once Grace has an answer of her own, she has got everything.
    if (answer !== undefined) {
      const [own, short] = [unheardOfAction(action), letter()];
      grace.say({ action: own, text: short });
      const hers = await grace.hears((frame) => answers(short)(frame) && !concerns(frame.text, [action, text]));
      const toGrace = { reply: replyTo(own, short, hers), ...wordsOf(hers, own), by: 'Grace' as const };
      if (toAda.reply.kind === 'unknown action' && toAda.misnamed === undefined) judged = toGrace;
    }
    await untilQuiet(subject, [ada, grace], SETTLES);
    const told = ada.heard.filter((frame) => isTrouble(frame) || says(text)(frame));
    const overheard = grace.heard.filter((frame) => concerns(frame.text, [action, text])).map((frame) => frame.text);
    const more = told.find((frame) => frame !== answer)?.text;
    const isRight = judged.reply.kind === 'unknown action' && judged.misnamed === undefined && more === undefined;
    const odd = isRight && overheard.length === 0 ? await oddAnswer(ada) : undefined;
    return { room, ...judged, more, overheard, odd, conversation };
  });
}

/** JSON without an action that is a text. */
const ODD = ['{}', '{"action":7}', '{"action":null}', 'null', '[]', '"action"'];

/** Sends what has no action, one after the other, until something gets another answer than the room's error. */
async function oddAnswer(person: Person): Promise<Observation['odd']> {
  for (const sent of [saying(), ...ODD]) {
    const from = person.heard.length;
    person.sendText(sent);
    const isIts = (frame: Frame) => isTrouble(frame) || frame.fields.from === person.name;
    const answer = await person.hears((frame) => isIts(frame) && person.heard.indexOf(frame) >= from);
    if (answer?.fields.type !== 'error') return { sent, got: answer?.text };
  }
  return undefined;
}

/**
 * An error's words that say that an action is unknown: `I do not know the action "sing"`, `Unknown action: 'sing'`.
 * What follows a comma, a colon or a dash can be the action to use instead.
 */
const NAMED = [
  /(?:\bunknown|\binvalid|\bunsupported|\bno|\bnot|n['’]t)\b(?:(?!\b(?:only|but|use|try|action)\b| [-–—])[^.!?;,:("“'`])*\baction:? ["“'`](?<name>[^"”'`]+)["”'`]/i,
  /\baction ["“'`](?<name>[^"”'`]+)["”'`] (?:is|was)(?: not\b|n['’]t\b| un| in(?:valid|correct))/i,
];

/** Returns whether an error says of another action than the one sent that it is unknown. It can shorten its name. */
export function namesAnother(message: string, action: string): boolean {
  if (message.includes(action)) return false;
  const [name] = NAMED.flatMap((pattern) => pattern.exec(message)?.groups?.name ?? []);
  return name !== undefined && !action.startsWith(name.replace(/(…|\.\.\.)$/, ''));
}

function wordsOf(frame: Frame | undefined, action: string): { misnamed?: string } {
  const { message } = { ...frame?.fields };
  return typeof message === 'string' && namesAnother(message, action) ? { misnamed: message } : {};
}

function concerns(frame: string, words: readonly string[]): boolean {
  return words.some((word) => frame.includes(word));
}
