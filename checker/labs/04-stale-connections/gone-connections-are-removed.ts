import { check, type Evidence, type Room, type Subject } from '../../checking/check.ts';
import { marked } from '../../observe/marked.ts';
import { observeSenderRun, type SenderRun } from '../../observe/printed.ts';
import { openRoom } from '../../observe/room.ts';
import { type AmongGhosts, missedBy, saidIn } from '../../probe/among-ghosts.ts';
import { isCrash } from '../../probe/frames.ts';
import { idOf } from '../../probe/row-copies.ts';
import { tablesOf } from '../../probe/rows.ts';
import { type Fate, type Tunnel, throughTheTunnel } from '../../probe/tunnel.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { KEPT_AS_RECENT, withoutRows } from '../among-ghosts.ts';
import { docs } from '../docs.ts';
import { type Door, doorIsShut, judgeDoor, observeDoor } from '../door.ts';
import { onePage } from '../earlier-repairs-findings.ts';
import { observeSpeakingCapacity } from '../no-capacity.ts';
import { READS } from '../reads-rows.ts';
import { MANY, speakAmongMany, speakRowByRow } from './among-many.ts';
import * as findings from './findings.ts';
import { HANDLER, NEAR } from './place.ts';
import { senderFailure } from './sender-failure.ts';
import { whatIsWrong } from './what-is-wrong.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Whether a handler deletes a row this young is its own decision. It must not fail because of it. */
const YOUNG: Fate = { stays: false, age: 3 * MINUTE, mayBeKept: true };
/** One this old isn't connecting anymore, however slow that was. */
const YOUNGEST_GONE: Fate = { stays: false, age: 4 * MINUTE };
const OLD: Fate = { stays: false, age: HOUR };
const people = ['Ada', 'Grace', 'Linus', 'Margaret', 'Edsger', 'Barbara'];

/** In scan order: stale rows come first, last and in between. */
const fates: readonly Fate[] = [
  YOUNGEST_GONE,
  { stays: true },
  YOUNG,
  { ...OLD, age: 24 * HOUR },
  { stays: true },
  OLD,
];

const shut = doorIsShut('04-stale-connections');
const readsOnePage = onePage('04-stale-connections', HANDLER);

const NOBODY_FORGOTTEN =
  'When people left, `$disconnect` deleted none of their rows. So every connection becomes a stale one, and costs a failed post.';

/** With the log of the function behind `sendmessage` if something went wrong. */
export interface Observation extends Tunnel, Door, SenderRun {
  readonly room: Room;
  /** The messages after those, with many more stale rows. */
  readonly many?: AmongGhosts | undefined;
  /** The messages after all of those, while each read returned one row. */
  readonly rowByRow?: AmongGhosts | undefined;
  /** The names of the stack's tables. */
  readonly tables: readonly string[];
}

export const goneConnectionsAreRemoved = check<Observation>({
  id: 'gone-connections-are-removed',
  title: 'Stale connections are removed',
  needs: ['stranger-is-refused'],
  expected:
    'The table has rows of four stale connections, three of them four minutes to a day old. Somebody sends a message: everyone present gets it once, nobody gets an error, those three rows are deleted, and no row of anybody present is. The same holds with 30 more rows of stale connections and, in the practice account, while each read of the table returns one row.',
  observe: (subject) => observeStale(subject, { isRowByRow: true }),
  judge(observation) {
    const { room, many, rowByRow, conversation, log } = observation;
    const spoken = rowByRow ?? many ?? observation.spoken;
    const evidence: Evidence[] = [
      marked({ source: 'conversation', about: room.address, lines: conversation }, (line) =>
        spoken?.told === undefined ? false : line.endsWith(`${spoken.told.who} ← ${spoken.told.text}`),
      ),
      ...tableEvidence(observation),
      ...log,
    ];
    const at = { handler: HANDLER, near: NEAR };
    const atDoor = judgeDoor(observation, evidence, shut);
    if (atDoor !== undefined) return atDoor;
    const noRows = withoutRows(observation, evidence);
    if (noRows !== undefined) return noRows;
    if (spoken === undefined)
      return { outcome: 'failed', actual: 'Nobody could send a message.', evidence, at: room.api };
    const stale = (observation.rows ?? []).filter((row) => row.of === undefined);
    const gone = many === undefined ? stale.length : MANY;
    const ages = many === undefined ? stale.flatMap(({ isLeft, age }) => (isLeft && age ? age : [])) : [];
    const wrong = whatIsWrong(spoken, { gone, ages, failure: senderFailure({ ...observation, spoken }) });
    if (wrong !== undefined) {
      const then = rowByRow !== undefined ? `${THEN_ROW_BY_ROW} ` : many !== undefined ? `${THEN_MANY} ` : '';
      const isOfPages = rowByRow !== undefined && wrong.finding === findings.someHearNothing;
      const ofPages = isOfPages ? { at: { handler: HANDLER, near: READS }, finding: readsOnePage } : {};
      return { outcome: 'failed', evidence, at, ...wrong, ...ofPages, actual: `${then}${wrong.actual}` };
    }
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
      remark: observation.isNobodyForgotten ? NOBODY_FORGOTTEN : undefined,
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
    findings.otherTable,
    findings.noEnd,
    findings.heardTwice,
    findings.differentText,
    readsOnePage,
    shut,
  ],
  docs: docs(
    '04-stale-connections',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html',
  ),
});

/**
 * Has people talk in a room with stale connections. With `isRowByRow`, they also do while each read of a table returns
 * one row, if the account can do that.
 */
export async function observeStale(
  subject: Subject,
  { isRowByRow }: { readonly isRowByRow: boolean },
): Promise<Observation> {
  const room = openRoom(subject);
  const since = Date.now();
  let many: AmongGhosts | undefined;
  let rowByRow: AmongGhosts | undefined;
  const seen = await throughTheTunnel(subject, room.address, {
    people,
    fate: (place) => fates[place] ?? OLD,
    speakers: 'anyone',
    tickets: await tickets(subject),
    async onSpoken(spoken, living) {
      many = await speakAmongMany(subject, spoken, living);
      if (isRowByRow) rowByRow = await speakRowByRow(subject, many ?? spoken, living);
    },
  });
  const spoken = rowByRow ?? many ?? seen.spoken;
  const isFailure = spoken !== undefined && isCrash(spoken.told?.text);
  const said = [seen.spoken, many, rowByRow].flatMap((each) => (each === undefined ? [] : saidIn(each)));
  return {
    room,
    ...seen,
    many,
    rowByRow,
    tables: tablesOf(subject),
    log: [],
    ...(spoken !== undefined && needsLog(spoken) ? await observeSenderRun(subject, room, since) : {}),
    ...(await observeDoor(subject, room, { ...seen, since })),
    ...(isFailure ? await observeSpeakingCapacity(subject, room, { times: said.length, since }) : {}),
  };
}

const THEN_ROW_BY_ROW =
  'The stale rows were deleted. Then this check let each read of the table return one row, so the rows took several pages.';
const THEN_MANY = `The stale rows were deleted. Then this check added ${MANY} more.`;

function tableEvidence({ rows, table, many }: Observation): Evidence[] {
  if (many !== undefined && many.left.length > 0) {
    const lines = many.left.map((row) => `${idOf(row, { name: table ?? '', keys: [] })}  410 Gone  is there`);
    return [{ source: 'Scan', about: table, lines, marked: lines.map((_, index) => index) }];
  }
  if (rows === undefined) return [];
  const lines = rows.map(({ id, of, isLeft }) => `${id}  ${of ?? '410 Gone'}  ${isLeft ? 'is there' : 'deleted'}`);
  const wrong = rows.flatMap(({ of, isLeft }, index) => ((of === undefined) === isLeft ? index : []));
  return [{ source: 'Scan', about: table, lines, ...(wrong.length === 0 ? {} : { marked: wrong }) }];
}

/** Whether the function's log may explain what went wrong. */
function needsLog({ told, left, first, second }: AmongGhosts): boolean {
  return told !== undefined || left.length > 0 || missedBy(second ?? first).length > 0;
}
