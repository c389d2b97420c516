import {
  type At,
  check,
  type Evidence,
  type Judgement,
  type Place,
  type Room,
  type Subject,
} from '../../checking/check.ts';
import { environmentOf } from '../../observe/environment.ts';
import { observeFunction } from '../../observe/function.ts';
import { marked } from '../../observe/marked.ts';
import { resourceNamed } from '../../observe/physical-id.ts';
import { openRoom } from '../../observe/room.ts';
import { SPEAKING, speakingKey } from '../../observe/route-selection.ts';
import { observeRoutes } from '../../observe/routes.ts';
import { thrownAt } from '../../observe/thrown.ts';
import { isCrash, quoted } from '../../probe/frames.ts';
import { rowsIn, tablesOf } from '../../probe/rows.ts';
import { textsIn } from '../../probe/texts.ts';
import { inList } from '../among-ghosts.ts';
import { docs } from '../docs.ts';
import { type Door, doorIsShut, judgeDoor, observeDoor } from '../door.ts';
import { observeNoCapacity } from '../no-capacity.ts';
import { type Expiring, observeExpiring } from './expiring.ts';
import { expiresSoon, forgetsOldOnes, pageDoesNotAsk } from './findings.ts';
import { conversationOf, type Decides, decidesUnheard, decidesWrong } from './history-evidence.ts';
import { placeOfKey } from './place-of-key.ts';
import { LAST, type Remembered, remember } from './remember.ts';
import { type Why, whyItFailed } from './why-it-failed.ts';
import { isEmpty, missingFor, whatIsWrong } from './wrong-history.ts';

const shut = doorIsShut('11-no-way-back');

export interface Observation extends Remembered, Door {
  readonly room: Room;
  /** Whether the API has the route `history`. */
  readonly hasRoute: boolean;
  /** The account's view of the function that somebody got an error from. */
  readonly failure: readonly Evidence[];
  /** That function's logical id, if the stack created it. */
  readonly failed?: string | undefined;
  /** The line of `stack.ts` with a key attribute that the room's messages don't have. */
  readonly key?: Place | undefined;
  /** The stack's outputs, if none makes the page ask for the history. */
  readonly unasked?: { readonly outputs: Evidence; readonly place: Place | undefined };
  /** The table that deletes the messages too soon. */
  readonly expiring?: Expiring | undefined;
  /** Texts that somebody didn't get, and the stack's tables that have them. */
  readonly missed?: Readonly<Record<string, readonly string[]>>;
  /** The function that reads the history, and the stack's tables that its variables name, if something was missed. */
  readonly reader?: { readonly at: string | undefined; readonly tables: readonly string[] };
}

export const newcomersGetTheHistory = check<Observation>({
  id: 'newcomers-get-the-history',
  title: 'Newcomers get the last messages of their channel',
  needs: ['stranger-is-refused'],
  expected: `Linus and Edsger each join a channel and ask for its history, and Grace joins hers again. They get its last ${LAST} messages as they were first sent, once and in order, and none from another channel. Nobody else gets them again, and the table and the history keep them for days.`,
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
    const failure = failed && name !== undefined ? await observeFunction(subject, name) : [];
    const { key } = whyItFailed(failure) ?? {};
    const missed = newcomers.flatMap((each) => missingFor(each).map(({ text }) => String(text)));
    const last = newcomers.flatMap(({ wanted }) => wanted.at(-1)?.text ?? []);
    const times = conversation.filter((line) => asks(line, action)).length;
    return {
      room,
      hasRoute: routes.some(({ routeKey }) => routeKey === 'history'),
      ...(subject.outputs.HistoryAction === 'history' ? {} : { unasked: observeOutputs(subject) }),
      ...remembered,
      ...(missed.length === 0
        ? { expiring: await observeExpiring(subject, last.map(String)) }
        : { missed: await tablesWith(subject, missed), reader: await observeReader(subject, behind('history')) }),
      failure,
      failed: resourceNamed(subject.resources, 'AWS::Lambda::Function', name)?.logicalId,
      key: key === undefined ? undefined : placeOfKey(subject, key),
      ...(await observeDoor(subject, room, { ...remembered, since })),
      ...(told.some(isCrash) ? await observeNoCapacity(subject, room, [{ functionName: name, by, times, since }]) : {}),
    };
  },
  judge(observation) {
    const {
      room,
      hasRoute,
      unheard,
      newcomers,
      conversation,
      failure,
      failed,
      key,
      missed,
      reader,
      unasked,
      expiring,
    } = observation;
    const why = whyItFailed(failure);
    const logs = failure.filter(({ source }) => source === 'log');
    // What a function logged says more than who may invoke it.
    const evidenceOf = (decides: Decides) => [
      ...(why === undefined ? [] : logs.map((log) => marked(log, (line) => line === why.line))),
      conversationOf(room, conversation, decides),
      ...(why === undefined ? failure : []),
    ];
    const requests = evidenceOf((line) => asks(line, 'history'));
    const at = hasRoute ? { handler: 'history/history.ts', near: ['QueryCommand('] } : room.api;
    const atDoor = judgeDoor(observation, requests, shut);
    if (atDoor !== undefined) return atDoor;
    const crashed = (of: At): Pick<Failed, 'at' | 'place'> =>
      why?.isOfStack ? { at: failed ?? of, place: key } : { at: of, place: thrownAt(failure) };
    if (unheard !== undefined) {
      const got = unheard.told === undefined ? "didn't get it back" : `got an error: ${quoted(unheard.told)}`;
      const actual = `${unheard.who} sent a message and ${got}, so the check ended there.`;
      const evidence = evidenceOf(decidesUnheard(unheard, conversation));
      const sends = { handler: 'history/send-message.ts', near: ['send('] };
      if (!isCrash(unheard.told)) return { outcome: 'failed', actual, evidence, at: sends };
      return { outcome: 'failed', actual: withError(actual, why), evidence, ...crashed(sends) };
    }
    for (const newcomer of newcomers) {
      const wrong = whatIsWrong(newcomer);
      if (wrong === undefined) continue;
      const evidence = evidenceOf(decidesWrong(newcomer, wrong, conversation));
      if (isCrash(newcomer.told))
        return { outcome: 'failed', actual: withError(wrong.actual, why), evidence, ...crashed(at) };
      const missing = newcomer.told === undefined ? missingFor(newcomer) : [];
      const stored = missing.map(({ text }) => missed?.[String(text)] ?? []);
      const isUnstored = missing.length > 0 && stored.every(({ length }) => length === 0);
      const having = stored.reduce((all, tables) => all.filter((each) => tables.includes(each)), stored[0] ?? []);
      const [table] = having;
      const where = isUnstored ? 'No table of the stack' : table === undefined ? undefined : `The table ${table}`;
      const has = where === undefined ? '' : ` ${where} has ${missing.length === 1 ? 'it' : 'them'}.`;
      const isReadElsewhere =
        table !== undefined && reader !== undefined && !reader.tables.some((each) => having.includes(each));
      const reads = isReadElsewhere ? ` ${readsInWords(reader.tables)}` : '';
      const isOfSender = isUnstored || newcomer.got.some(isEmpty);
      return {
        outcome: 'failed',
        actual: `${wrong.actual}${has}${reads}`,
        evidence,
        at: isOfSender
          ? { handler: 'history/send-message.ts', near: ['PutItemCommand('] }
          : ((isReadElsewhere ? reader.at : undefined) ?? at),
        ...(newcomer.isOld ? { finding: forgetsOldOnes } : {}),
      };
    }
    if (expiring !== undefined) {
      const { table, attribute, after } = expiring;
      const hours = Math.max(1, Math.ceil(after / 3_600_000));
      const actual = `Everyone who asked for the history got it, but the table ${table} deletes a message within ${hours === 1 ? 'an hour' : `${hours} hours`}: time to live is enabled, and that is the time in its attribute \`${attribute}\`.`;
      const lines = ['TimeToLiveStatus: ENABLED', `AttributeName: ${attribute}`];
      return {
        outcome: 'failed',
        actual,
        evidence: [{ source: 'DescribeTimeToLive', about: table, lines, marked: [1] }, ...requests],
        at: { handler: 'history/send-message.ts', near: [attribute, 'PutItemCommand('] },
        finding: expiresSoon,
      };
    }
    if (unasked !== undefined) {
      const actual =
        "Everyone who asked for the history got it, but the page doesn't ask: the stack has no output `HistoryAction` with the value `history`.";
      const { outputs, place } = unasked;
      return {
        outcome: 'failed',
        actual,
        evidence: [outputs, ...requests],
        at: room.api,
        place,
        finding: pageDoesNotAsk,
      };
    }
    return {
      outcome: 'passed',
      actual: 'Both newcomers got the last messages of their channel, in order.',
      evidence: requests,
      at,
    };
  },
  hints: [
    "Newcomers to a channel don't get its earlier messages. That worked when the lab began, so a change since then broke it.",
    'Read the conversation and the log: does the room store messages, and do people who ask get them? `npx lab check 11` shows both.',
    'The sender writes each message to the table `Messages`, by channel and time. The function behind the route `history` queries the newest ones and posts them, in order, to the person who asked. Both need their table, their grant and their route.',
    '`git checkout app/functions` restores the original handlers. In stack.ts, change only the options of the messages table:',
  ],
  findings: [shut, expiresSoon, forgetsOldOnes, pageDoesNotAsk],
  docs: docs(
    '11-no-way-back',
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html',
  ),
});

type Failed = Extract<Judgement, { outcome: 'failed' }>;

function observeOutputs({ stackName, outputs, find }: Subject): NonNullable<Observation['unasked']> {
  const lines = Object.entries(outputs).map(([name, value]) => `${name}: ${value}`);
  return {
    outputs: { source: 'DescribeStacks', about: stackName, lines },
    place: find([/\bHistoryAction\b/, /\bnew CfnOutput\(/]),
  };
}

function withError(actual: string, why: Why | undefined): string {
  return why === undefined ? actual : `${actual} ${why.inWords}`;
}

/** Returns whether a line shows that somebody sent a message with this action. */
function asks(line: string, action: string): boolean {
  return line.includes(` → {"action":"${action}"`);
}

/** Returns which of the stack's tables the variables of the function behind `history` name. */
async function observeReader(subject: Subject, name: string | undefined): Promise<Observation['reader']> {
  if (name === undefined) return undefined;
  // It only explains: the function may not exist anymore.
  const variables = await environmentOf(subject, name).catch(() => undefined);
  subject.signal.throwIfAborted();
  if (variables === undefined) return undefined;
  const values = Object.values(variables);
  const tables = tablesOf(subject).filter((table) => values.some((value) => value.includes(table)));
  return { at: resourceNamed(subject.resources, 'AWS::Lambda::Function', name)?.logicalId, tables };
}

function readsInWords(tables: readonly string[]): string {
  if (tables.length === 0) return 'No variable of the function behind `history` names it.';
  const those = `${tables.length === 1 ? 'table' : 'tables'} ${inList(tables)}`;
  return `The variables of the function behind \`history\` name the ${those} instead.`;
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
