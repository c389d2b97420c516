import { check, type Evidence, type Room, type Subject } from '../../checking/check.ts';
import { observeFunction } from '../../observe/function.ts';
import { marked } from '../../observe/marked.ts';
import { openRoom } from '../../observe/room.ts';
import { SPEAKING, speakingKey } from '../../observe/route-selection.ts';
import { observeRoutes } from '../../observe/routes.ts';
import { thrownAt } from '../../observe/thrown.ts';
import { inQuotes, isCrash, quoted } from '../../probe/frames.ts';
import { rowsIn, tablesOf } from '../../probe/rows.ts';
import { textsIn } from '../../probe/texts.ts';
import { docs } from '../docs.ts';
import { type Door, doorIsShut, judgeDoor, observeDoor } from '../door.ts';
import { observeNoCapacity } from '../no-capacity.ts';
import type { Said } from './ask-for-history.ts';
import { LAST, type Newcomer, type Remembered, remember } from './remember.ts';

const shut = doorIsShut('11-no-way-back');

export interface Observation extends Remembered, Door {
  readonly room: Room;
  /** Whether the API has the route `history`. */
  readonly hasRoute: boolean;
  /** The account's view of the function that somebody got an error from. */
  readonly failure: readonly Evidence[];
  /** Texts that somebody didn't get, and the stack's tables that have them. */
  readonly missed?: Readonly<Record<string, readonly string[]>>;
}

export const newcomersGetTheHistory = check<Observation>({
  id: 'newcomers-get-the-history',
  title: 'Newcomers get the last messages of their channel',
  needs: ['stranger-is-refused'],
  expected: `Linus and Edsger each join a channel and ask for its history, and Grace joins hers again. They get its last ${LAST} messages as they were first sent, once and in order, and none from another channel. Nobody else gets them again.`,
  async observe(subject) {
    const room = openRoom(subject);
    const since = Date.now();
    const [remembered, routes] = await Promise.all([remember(subject, room), observeRoutes(subject, room)]);
    const behind = (key: string) => routes.find(({ routeKey }) => routeKey === key)?.integration?.functionName;
    const { unheard, newcomers, conversation } = remembered;
    const [action, by] = unheard === undefined ? ['history', 'history'] : [SPEAKING, speakingKey(room)];
    const name = behind(by);
    const told = [unheard, ...newcomers].flatMap((each) => each?.told ?? []);
    const failed = unheard !== undefined || told.length > 0;
    const missed = newcomers.flatMap((each) => missingFor(each).map(({ text }) => String(text)));
    const times = conversation.filter((line) => asks(line, action)).length;
    return {
      room,
      hasRoute: routes.some(({ routeKey }) => routeKey === 'history'),
      ...remembered,
      missed: missed.length === 0 ? {} : await tablesWith(subject, missed),
      failure: failed && name !== undefined ? await observeFunction(subject, name) : [],
      ...(await observeDoor(subject, room, { ...remembered, since })),
      ...(told.some(isCrash) ? await observeNoCapacity(subject, room, [{ functionName: name, by, times, since }]) : {}),
    };
  },
  judge(observation) {
    const { room, hasRoute, unheard, newcomers, conversation, failure, missed } = observation;
    const evidence: Evidence[] = [
      marked({ source: 'conversation', about: room.address, lines: shown(conversation) }, (line) =>
        asks(line, 'history'),
      ),
      ...failure,
    ];
    const at = hasRoute ? { handler: 'history/history.ts', near: ['QueryCommand('] } : room.api;
    const atDoor = judgeDoor(observation, evidence, shut);
    if (atDoor !== undefined) return atDoor;
    if (unheard !== undefined) {
      const got = unheard.told === undefined ? "didn't get it back" : `got an error: ${quoted(unheard.told)}`;
      const actual = `${unheard.who} sent a message and ${got}, so the check ended there.`;
      const place = isCrash(unheard.told) ? thrownAt(failure) : undefined;
      return {
        outcome: 'failed',
        actual,
        evidence,
        at: { handler: 'history/send-message.ts', near: ['send('] },
        place,
      };
    }
    for (const newcomer of newcomers) {
      const wrong = whatIsWrong(newcomer);
      if (wrong === undefined) continue;
      const missing = newcomer.told === undefined ? missingFor(newcomer) : [];
      const stored = missing.map(({ text }) => missed?.[String(text)] ?? []);
      const isUnstored = missing.length > 0 && stored.every(({ length }) => length === 0);
      const [table] = stored.reduce((all, tables) => all.filter((each) => tables.includes(each)), stored[0] ?? []);
      const where = isUnstored ? 'No table of the stack' : table === undefined ? undefined : `The table ${table}`;
      const actual = where === undefined ? wrong : `${wrong} ${where} has ${missing.length === 1 ? 'it' : 'them'}.`;
      const isOfSender = isUnstored || newcomer.got.some(isEmpty);
      return {
        outcome: 'failed',
        actual,
        evidence,
        at: isOfSender ? { handler: 'history/send-message.ts', near: ['PutItemCommand('] } : at,
        place: isCrash(newcomer.told) ? thrownAt(failure) : undefined,
      };
    }
    return {
      outcome: 'passed',
      actual: 'Both newcomers got the last messages of their channel, in order.',
      evidence,
      at,
    };
  },
  hints: [
    "Newcomers to a channel don't get its earlier messages. That worked when the lab began, so a change since then broke it.",
    'Read the conversation and the log: does the room store messages, and do people who ask get them? `npx lab check 11` shows both.',
    'The sender writes each message to the table `Messages`, by channel and time. The function behind the route `history` queries the newest ones and posts them, in order, to the person who asked. Both need their table, their grant and their route.',
    '`git checkout app/functions` restores the original handlers. In stack.ts, change only the options of the messages table:',
  ],
  findings: [shut],
  docs: docs(
    '11-no-way-back',
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html',
  ),
});

/** How many lines show the end of the conversation. */
const LINES = 60;

function shown(conversation: readonly string[]): string[] {
  return conversation.slice(-LINES);
}

/** Returns whether a line shows that somebody sent a message with this action. */
function asks(line: string, action: string): boolean {
  return line.includes(` → {"action":"${action}"`);
}

/** The fields of a message: docs/wire-format.md. */
const FIELDS = ['from', 'at', 'id', 'channel'] as const;

/** Returns what is wrong with the history that somebody got; undefined if nothing is. */
export function whatIsWrong({
  who,
  name,
  channel,
  wanted,
  got,
  told,
  overheard,
  believed,
}: Newcomer): string | undefined {
  const asked =
    wanted.length === 0
      ? `${who} asked for the history of the channel "${channel}", in which nobody had said anything`
      : `${who} joined the channel "${channel}" and asked for its history`;
  if (told !== undefined) return `${asked}, but got an error: ${quoted(told)}.`;
  const missing = missingFor({ wanted, got });
  const own = missing.length > 0 && missing.every(({ from }) => from === name) ? ` ${who} had sent them.` : '';
  if (wanted.length > 0 && got.length === 0) return `${asked}, but got none of the ${wanted.length} messages.${own}`;
  const foreign = got.find(({ text }) => !wanted.some(isText(text)));
  if (foreign !== undefined && isEmpty(foreign)) {
    return `${asked}, but got a message without a text. Somebody sent it, and the room has to reject it.`;
  }
  const altered = missing.length === 1 && got.length === wanted.length ? missing[0] : undefined;
  // Elsewhere, it's an older message instead.
  if (altered !== undefined && foreign !== undefined && got.indexOf(foreign) === wanted.indexOf(altered)) {
    return `${asked}, but a message isn't as it was first sent: its text was ${JSON.stringify(altered.text)} and is ${JSON.stringify(foreign.text)}.`;
  }
  if (missing.length > 0)
    return `${asked}, but didn't get ${missing.length} of the last ${wanted.length} messages.${own}`;
  if (foreign !== undefined && wanted.length === 0)
    return `${asked}, but got a message: ${JSON.stringify(foreign.text)}.`;
  if (foreign !== undefined) {
    return `${asked}, but got more than its last ${LAST} messages, such as ${inQuotes(String(foreign.text))}, which is older or from another channel.`;
  }
  if (got.length > wanted.length) return `${asked}, but got some messages more than once.`;
  if (got.some(({ text }, index) => text !== wanted[index]?.text)) {
    return `${asked}, but got its messages in the wrong order.`;
  }
  for (const [index, message] of got.entries()) {
    const original = wanted[index] ?? {};
    const field = FIELDS.find((each) => (each !== 'from' || each in original) && message[each] !== original[each]);
    if (field !== undefined) {
      const [was, is] = [original[field], message[field]].map((value) => JSON.stringify(value) ?? 'missing');
      return `${asked}, but a message isn't as it was first sent: its \`${field}\` was ${was} and is ${is}.`;
    }
  }
  if (overheard !== undefined) return `${asked}, and ${overheard}, who hadn't asked, got the messages again.`;
  if (believed !== undefined) {
    return `${who} is in the channel "${channel}", asked for the history of "${believed}", and got it: the room trusted the request.`;
  }
  return undefined;
}

/** Returns the messages that somebody should have got and didn't. */
function missingFor({ wanted, got }: Pick<Newcomer, 'wanted' | 'got'>): readonly Said[] {
  return wanted.filter(({ text }) => !got.some(isText(text)));
}

function isText(wanted: unknown): (message: Said) => boolean {
  return ({ text }) => text === wanted;
}

/** Returns the stack's tables that have each of some texts, as it is or compressed. */
async function tablesWith(subject: Subject, texts: readonly string[]): Promise<Record<string, string[]>> {
  const stored = await Promise.all(
    tablesOf(subject).map(async (table) => ({ table, all: (await rowsIn(subject, table)).flatMap(textsIn) })),
  );
  const having = (text: string) =>
    stored.flatMap(({ table, all }) => (all.some((each) => each.includes(text)) ? table : []));
  return Object.fromEntries(texts.map((text) => [text, having(text)]));
}

function isEmpty({ text }: Said): boolean {
  return text === '';
}
