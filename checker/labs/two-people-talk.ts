import { type Check, check, type Evidence, type Room, type Subject } from '../checking/check.ts';
import { observeFunction } from '../observe/function.ts';
import { isAnswer, isOfTheLast, marked } from '../observe/marked.ts';
import { mayBeInvoked } from '../observe/may-be-invoked.ts';
import { openRoom } from '../observe/room.ts';
import { speakingKey } from '../observe/route-selection.ts';
import { type ObservedIntegration, observeRoutes } from '../observe/routes.ts';
import { observeEnds } from '../observe/runs.ts';
import { speakerOf } from '../observe/sender.ts';
import { thrownAt } from '../observe/thrown.ts';
import { FAILING_UNTRIED, MAY_BE_OTHERS } from '../probe/failing-row.ts';
import { isCrash } from '../probe/frames.ts';
import type { Tickets } from '../probe/join-all.ts';
import { shortened } from '../probe/shortened.ts';
import { type Spoken, speak } from '../probe/speak.ts';
import { docs } from './docs.ts';
import { type Door, judgeDoor, observeDoor } from './door.ts';
import { type EarlierRepairs, type Regressions, startEarlierRepairs } from './earlier-repairs.ts';
import { earlierRepairsFindings } from './earlier-repairs-findings.ts';
import { lastFailure } from './failure-in.ts';
import { judgeEarlierRepairs, untriedInWords } from './judge-earlier-repairs.ts';
import { observeNoCapacity } from './no-capacity.ts';
import { onOnePage } from './on-one-page.ts';
import { CHOOSES, READS } from './reads-rows.ts';
import { whatIsWrong } from './what-is-wrong.ts';

export interface Observation extends Door {
  readonly room: Room;
  readonly spoken: Spoken;
  /** The logical id of the sending function, if the stack created it. */
  readonly speaks?: string;
  /** The account's view of that function, if it failed. */
  readonly failure: readonly Evidence[];
  /** Whether API Gateway isn't allowed to invoke that function; undefined if nothing says so. */
  readonly isShut?: boolean;
  /** Whether the function timed out after everyone had got the message. */
  readonly hung?: boolean;
  /** What happened to earlier repairs, if the lab looks at any and nothing else is wrong. */
  readonly regressions?: Regressions;
}

/** The differences between labs. */
export interface TwoPeopleTalkOptions extends Pick<Check<Observation>, 'needs' | 'hints'> {
  /** The lab's id. */
  readonly lab: string;
  /** Tokens to connect with, if the room requires signing in. */
  readonly tickets?: (subject: Subject) => Promise<Tickets>;
  /** Whether a room can keep one connection for each name: then nobody opens a second tab. */
  readonly isTabless?: true;
  /** Earlier repairs in the handler that the lab is about: one of them can be undone in its repair. */
  readonly keeps?: EarlierRepairs;
}

/** Somebody sends a message, and everyone in the room gets it: the whole room from a user's point of view. */
export function twoPeopleTalk(options: TwoPeopleTalkOptions): Check<Observation> {
  const { lab, needs, hints, tickets, keeps, isTabless } = options;
  return check<Observation>({
    id: 'two-people-talk',
    title: 'Everyone in the room gets each message',
    needs,
    expected: [
      isTabless
        ? 'Four people are in the room, one of them for a long time. Each sends a message, and everyone gets it exactly once, and nothing else.'
        : 'Three people are in the room, one for a long time, one in two tabs. Every tab gets each message exactly once, and nothing else.',
      ...(keeps?.repairs.map((repair) => EXPECTED[repair]) ?? []),
    ].join(' '),
    async observe(subject) {
      const room = openRoom(subject);
      const since = Date.now();
      const signedIn = await tickets?.(subject);
      const earlier = keeps === undefined ? undefined : await startEarlierRepairs(subject, keeps);
      let regressions: Regressions = {};
      const [spoken, routes] = await Promise.all([
        speak(subject, room.address, {
          count: true,
          isTabless,
          tickets: signedIn,
          onJoined: earlier?.joined,
          async onSpoken(soFar, people) {
            if (earlier !== undefined && whatIsWrong(soFar) === undefined) regressions = await earlier.observe(people);
          },
        }),
        observeRoutes(subject, room),
      ]);
      const { integration, functionName: name, logicalId: speaks } = speakerOf(subject, room, routes);
      const isUnheard = spoken.refused === undefined && spoken.heard.listener === 0;
      const isFailed = isFailure(spoken, regressions);
      const isTold = isFailed || regressions.stale?.told !== undefined;
      return {
        room,
        spoken: { ...spoken, conversation: spoken.conversation.map((line) => shortened(line)) },
        speaks,
        regressions,
        failure: name !== undefined && (isUnheard || isTold) ? await observeFunction(subject, name, since) : [],
        ...(spoken.reply.kind === 'function failed' ? await observeShut(subject, room, integration) : {}),
        ...(await observeDoor(subject, room, { ...spoken, since })),
        ...(isFailed
          ? await observeNoCapacity(subject, room, [
              { functionName: name, by: speakingKey(room), times: timesSaid(spoken), since },
            ])
          : {}),
        ...(name !== undefined && whatIsWrong(spoken) === undefined ? await observeHanging(subject, name, since) : {}),
      };
    },
    judge(observation) {
      const { room, spoken, speaks, failure, isShut, hung, regressions = {} } = observation;
      const conversation = { source: 'conversation', about: room.address, lines: spoken.conversation };
      const evidence = [marked(conversation, isAnswer), ...failure];
      const atDoor = judgeDoor({ ...observation, refused: spoken.refused }, evidence);
      if (atDoor !== undefined) return atDoor;
      const isLate = failure.some(({ lines }) => lines.some((line) => line.includes('Task timed out after')));
      const failed = lastFailure(failure);
      const lacks = failed?.isOfStack ? failed.inWords : undefined;
      const wrong = whatIsWrong(spoken, { isShut, isLate, lacks });
      if (wrong !== undefined) {
        const { actual, is, near = is && NEAR[is] } = wrong;
        const isFailed = isFailure(spoken, regressions);
        const mayBeInHandler = keeps !== undefined && failed?.isOfStack !== true;
        const isInHandler = mayBeInHandler || !isFailed;
        const { handler } = keeps ?? { handler: 'send-message.ts' };
        const at = isInHandler && near !== undefined ? { handler, near, of: speaks } : speaks;
        const shown =
          is === 'missed' || wrong.near !== undefined
            ? [marked(conversation, isOfTheLast(conversation)), ...failure]
            : evidence;
        const place = isFailed && !isShut ? thrownAt(failure) : undefined;
        return { outcome: 'failed', actual, evidence: shown, at, place };
      }
      const undone = keeps && judgeEarlierRepairs(regressions, { ...keeps, lab, speaks, evidence });
      if (undone !== undefined) return undone;
      if (hung === true) {
        const late = `Everyone got the message, but the function behind the route didn't finish. It timed out, and then API Gateway sends the sender "Internal server error".`;
        return { outcome: 'failed', actual: late, evidence, at: speaks };
      }
      const { untried, stale, failing } = regressions;
      const remarks = [
        ...(untried === undefined ? [] : [untriedInWords(untried)]),
        ...(stale?.small === undefined ? [] : [onOnePage(stale.small)]),
        ...(failing === 'untried' ? [FAILING_UNTRIED] : []),
        ...(typeof failing === 'object' && failing.mayBeOthers ? [MAY_BE_OTHERS] : []),
      ];
      const remark = remarks.length === 0 ? undefined : remarks.join(' ');
      return { outcome: 'passed', actual: 'Everyone got each message once.', evidence, at: speaks, remark };
    },
    hints,
    findings: keeps && earlierRepairsFindings(lab, keeps),
    docs: docs(
      lab,
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html',
    ),
  });
}

/** Where a handler builds a message or posts it, and where it finds the people who get it. */
const NEAR = {
  content: ["type: 'message'", 'JSON.stringify(', 'PostToConnectionCommand('],
  missed: [...CHOOSES, ...READS],
} as const;

const EXPECTED: Readonly<Record<EarlierRepairs['repairs'][number], string>> = {
  'true name': "Nobody speaks under another person's name.",
  'stale connections': "The next message deletes a stale connection's row and no other, without an error.",
  'only gone':
    'A row is deleted only if the answer to a post is 410 Gone. If a post to any row fails otherwise, the sender gets an error.',
  'every page': 'All of that holds for a table of several pages.',
  'own channel': 'Messages stay in their channel, and only members get into it.',
  throttle: 'Every route is throttled.',
  'sign-up': 'Outsiders get no account.',
  logs: 'No function logs what people say or who they are, and every log expires.',
};

/** Finds out whether the functions that ran have finished. Left out if no log says so. */
async function observeHanging(subject: Subject, functionName: string, since: number): Promise<{ hung?: boolean }> {
  const runs = await observeEnds(subject, functionName, since).catch(() => undefined);
  return runs !== undefined && (runs.timedOut > 0 || runs.ended < runs.started) ? { hung: true } : {};
}

/**
 * Finds out whether API Gateway is allowed to invoke the function. An alias has a policy of its own, which isn't read.
 */
async function observeShut(
  subject: Subject,
  room: Room,
  { functionName, uri = '', byRole }: Partial<ObservedIntegration> = {},
): Promise<{ isShut?: boolean }> {
  if (functionName === undefined || byRole || !uri.includes(`:${functionName}/invocations`)) return {};
  const part = `${room.apiId}/${room.stageName}/${speakingKey(room)}`;
  const isAllowed = await mayBeInvoked(subject, functionName, part);
  return isAllowed === undefined ? {} : { isShut: !isAllowed };
}

/**
 * Whether API Gateway reported for some message that the function failed, other than for one whose post had to fail.
 */
function isFailure({ conversation }: Spoken, { failing }: Regressions): boolean {
  const expected = typeof failing === 'object' ? failing.told : undefined;
  return conversation.some((line) => isCrash(line) && !(expected !== undefined && line.endsWith(` ← ${expected}`)));
}

function timesSaid({ conversation }: Spoken): number {
  return conversation.filter((line) => line.includes(' → ')).length;
}
