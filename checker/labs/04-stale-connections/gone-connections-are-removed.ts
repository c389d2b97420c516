import { check, type Evidence, type Finding, type Room } from '../../checking/check.ts';
import { marked } from '../../observe/marked.ts';
import { observePrinted } from '../../observe/printed.ts';
import { openRoom } from '../../observe/room.ts';
import { errorIn, thrownAt } from '../../observe/thrown.ts';
import { type AmongGhosts, saidIn } from '../../probe/among-ghosts.ts';
import { isCrash, quoted } from '../../probe/frames.ts';
import { type Fate, type Tunnel, throughTheTunnel } from '../../probe/tunnel.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { gotAltered, gotTwice, inList, KEPT_AS_RECENT, livingDeleted, withoutRows } from '../among-ghosts.ts';
import { docs } from '../docs.ts';
import { type Door, doorIsShut, judgeDoor, observeDoor } from '../door.ts';
import { observeSpeakingCapacity } from '../no-capacity.ts';
import * as findings from './findings.ts';

const HOUR = 3_600_000;

/** Whether a handler deletes a row this young is its own decision. It must not fail because of it. */
const YOUNG: Fate = { stays: false, age: 3 * 60_000, mayBeKept: true };
const OLD: Fate = { stays: false, age: HOUR };
const people = ['Ada', 'Grace', 'Linus', 'Margaret', 'Edsger', 'Barbara'];

/** In scan order: stale rows come first, last and in between. */
const fates: readonly Fate[] = [OLD, { stays: true }, YOUNG, { ...OLD, age: 24 * HOUR }, { stays: true }, OLD];

const shut = doorIsShut('04-stale-connections');

const NOBODY_FORGOTTEN =
  'When people left, `$disconnect` deleted none of their rows. So every connection becomes a stale one, and costs a failed post.';

export interface Observation extends Tunnel, Door {
  readonly room: Room;
  /** The log of the function behind `sendmessage`, if somebody got an error. */
  readonly log: readonly Evidence[];
}

export const goneConnectionsAreRemoved = check<Observation>({
  id: 'gone-connections-are-removed',
  title: 'Stale connections are removed',
  needs: ['stranger-is-refused'],
  expected:
    'The table has rows of four stale connections, three of them an hour to a day old. Somebody sends a message: everyone present gets it once, nobody gets an error, those three rows are deleted, and no row of anybody present is.',
  async observe(subject) {
    const room = openRoom(subject);
    const since = Date.now();
    const seen = await throughTheTunnel(subject, room.address, {
      people,
      fate: (place) => fates[place] ?? OLD,
      speakers: 'anyone',
      tickets: await tickets(subject),
    });
    const { spoken } = seen;
    const isFailure = spoken !== undefined && isCrash(spoken.told?.text);
    return {
      room,
      ...seen,
      log: spoken?.told === undefined ? [] : await observePrinted(subject, room, since),
      ...(await observeDoor(subject, room, { ...seen, since })),
      ...(isFailure ? await observeSpeakingCapacity(subject, room, { times: saidIn(spoken).length, since }) : {}),
    };
  },
  judge(observation) {
    const { room, spoken, conversation, log } = observation;
    const evidence: Evidence[] = [
      marked({ source: 'conversation', about: room.address, lines: conversation }, (line) =>
        spoken?.told === undefined ? false : line.endsWith(`${spoken.told.who} ← ${spoken.told.text}`),
      ),
      ...tableEvidence(observation),
      ...log,
    ];
    const at = { handler: 'send-message.ts', near: ['GoneException', '410', 'PostToConnectionCommand('] };
    const atDoor = judgeDoor(observation, evidence, shut);
    if (atDoor !== undefined) return atDoor;
    const noRows = withoutRows(observation, evidence);
    if (noRows !== undefined) return noRows;
    if (spoken === undefined)
      return { outcome: 'failed', actual: 'Nobody could send a message.', evidence, at: room.api };
    const gone = (observation.rows ?? []).filter((row) => row.of === undefined).length;
    const failure = failureIn(observation);
    const wrong = whatIsWrong(spoken, gone, failure);
    const place = failure === undefined ? undefined : thrownAt(log);
    if (wrong !== undefined) return { outcome: 'failed', ...wrong, evidence, at, place };
    if (observation.recentLeft !== undefined) {
      return {
        outcome: 'inconclusive',
        reason: `Rows of stale connections are still in the table. ${KEPT_AS_RECENT}`,
        next: "Leave times out of the table's key, as when the lab was shipped, and run the command again.",
      };
    }
    return {
      outcome: 'passed',
      actual: 'Everyone present got each message once, and the stale rows were deleted.',
      evidence,
      at,
      ...(observation.isNobodyForgotten ? { remark: NOBODY_FORGOTTEN } : {}),
    };
  },
  hints: [
    'Everyone present gets your message, but you also get "Internal server error". The same happens with your next message. Nothing is wrong with your message or your connection. So whose connection is it?',
    "The table Connections has a row per connection. `$disconnect` deletes it, but API Gateway invokes that route only on a best-effort basis: a train in a tunnel doesn't say goodbye. What does `post` in functions/send-message.ts do if a connection is gone?",
    "For a connection that is gone, `@connections` answers 410, and the SDK throws a `GoneException`. That's not a failure: it tells you that the row is stale. Catch this one error, delete this one row, and let every other error propagate. Otherwise nobody will ever notice it.",
    'Catch `GoneException` where the message is posted, and delete the row of that connection, in functions/send-message.ts:',
  ],
  findings: [
    findings.rowsStay,
    findings.livingRowDeleted,
    findings.someHearNothing,
    findings.errorAllTheSame,
    findings.functionFails,
    findings.heardTwice,
    findings.differentText,
    shut,
  ],
  docs: docs(
    '04-stale-connections',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html',
  ),
});

function tableEvidence({ rows, table }: Observation): Evidence[] {
  if (rows === undefined) return [];
  const lines = rows.map(({ id, of, isLeft }) => `${id}  ${of ?? '410 Gone'}  ${isLeft ? 'is there' : 'deleted'}`);
  const wrong = rows.flatMap(({ of, isLeft }, index) => ((of === undefined) === isLeft ? index : []));
  return [{ source: 'Scan', about: table, lines, ...(wrong.length === 0 ? {} : { marked: wrong }) }];
}

/** An error with the 410 in it, or in which it can be: code that wraps errors throws plain ones. */
const ABOUT_GONE = /^(Aggregate)?Error\b|\bgone|\b410\b/i;

/** Says how the function failed for the sender; undefined if that can be the 410. */
function failureIn({ spoken, log }: Observation): string | undefined {
  if (!isCrash(spoken?.told?.text)) return undefined;
  const error = log.flatMap(({ lines }) => lines.flatMap((line) => errorIn(line) ?? [])).at(-1);
  if (error === undefined || ABOUT_GONE.test(error)) return undefined;
  const [, action] = /is not authorized to perform: (\S+)/.exec(error) ?? [];
  return action === undefined
    ? `The function failed with ${error.replace(/\.$/, '')}.`
    : `The function isn't allowed ${action}.`;
}

function whatIsWrong(
  spoken: AmongGhosts,
  gone: number,
  failure: string | undefined,
): { actual: string; finding?: Finding } | undefined {
  const { first, second, told, left } = spoken;
  const { speaker, heard } = second ?? first;
  const deaf = Object.entries(heard).flatMap(([label, times]) => (times === 0 ? label : []));
  const error = told === undefined ? '' : `${told.who} got an error: ${quoted(told.text)}`;
  const why = failure === undefined ? '' : ` ${failure}`;
  const deleted = livingDeleted(spoken);
  if (deleted !== undefined) return { actual: deleted, finding: findings.livingRowDeleted };
  const altered = gotAltered(second ?? first);
  if (altered !== undefined) return { actual: altered, finding: findings.differentText };
  if (deaf.length > 0) {
    return {
      actual: `${speaker} sent a message, and ${inList(deaf)} didn't get it. ${told === undefined ? 'Nobody got an error' : error}.${why}`,
      finding: failure === undefined ? findings.someHearNothing : findings.functionFails,
    };
  }
  if (told !== undefined && left.length > 0) {
    const which = left.length === gone ? 'the rows' : `${left.length} of the rows`;
    return {
      actual: `Everyone present got the message, but ${error}.${why} The table still has ${which} of the ${gone} stale connections, so the next message will fail, too.`,
      ...(failure === undefined ? {} : { finding: findings.functionFails }),
    };
  }
  if (told !== undefined) {
    return {
      actual: `Everyone present got the message and the stale rows were deleted, but ${error}.${why}`,
      finding: findings.errorAllTheSame,
    };
  }
  const twice = gotTwice(saidIn(spoken));
  if (twice !== undefined) return { actual: twice, finding: findings.heardTwice };
  if (left.length > 0) {
    const which = left.length === gone ? `the rows of all ${gone}` : `the rows of ${left.length} of the ${gone}`;
    return {
      actual: `Everyone present got the message and nobody got an error, but the table still has ${which} stale connections. Every message will be posted to them, too.`,
      finding: findings.rowsStay,
    };
  }
  return undefined;
}
