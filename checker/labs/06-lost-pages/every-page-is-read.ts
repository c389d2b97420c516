import { check, type Evidence, type Finding, type Room, type Subject } from '../../checking/check.ts';
import { marked } from '../../observe/marked.ts';
import { observePrinted } from '../../observe/printed.ts';
import { openRoom } from '../../observe/room.ts';
import { observeEnds } from '../../observe/runs.ts';
import { observeSender } from '../../observe/sender.ts';
import { thrownAt } from '../../observe/thrown.ts';
import { type AmongGhosts, saidIn } from '../../probe/among-ghosts.ts';
import { isCrash, quoted } from '../../probe/frames.ts';
import { indexesOfOnePage } from '../../probe/indexes.ts';
import { canLimitReads } from '../../probe/limit-reads.ts';
import { tablesOf } from '../../probe/rows.ts';
import { type SeenRow, type Tunnel, throughTheTunnel } from '../../probe/tunnel.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { gotAltered, gotTwice, inList, KEPT_AS_RECENT, livingDeleted, withoutRows } from '../among-ghosts.ts';
import { docs } from '../docs.ts';
import { type Door, doorIsShut, judgeDoor, observeDoor } from '../door.ts';
import { observeSpeakingCapacity } from '../no-capacity.ts';
import { onOnePage } from '../on-one-page.ts';
import { pagesFor, randomCrowd, tabs, userOf } from './crowd.ts';
import * as findings from './findings.ts';
import { missedRowByRow, type RowByRow, speakRowByRow } from './row-by-row.ts';

const shut = doorIsShut('06-lost-pages');

export interface Observation extends Tunnel, Door {
  readonly room: Room;
  /** How many pages the table should have. */
  readonly wanted: number;
  /** The log of the function behind `sendmessage`, if somebody got an error, or something went wrong without one. */
  readonly log: readonly Evidence[];
  /** Set if that function timed out. */
  readonly timedOut?: true;
  /** Indexes that the handler may read, and that have all rows on one page: they have only a little of each. */
  readonly small?: readonly string[];
  /** A message while each read returned a single row, if the account can do that. */
  readonly rowByRow?: RowByRow;
}

export const everyPageIsRead = check<Observation>({
  id: 'every-page-is-read',
  title: 'Everyone gets the message, on whichever page their row is',
  needs: ['stranger-is-refused'],
  expected:
    'The table takes several pages to scan. People on the first and the last page send a message: everyone in the room gets both once, in each of their tabs and on whichever page its row is, and stale rows are deleted on every page. In the practice account, everyone also gets a message while each page has a single row.',
  async observe(subject) {
    const room = openRoom(subject);
    const since = Date.now();
    const canLimit = await canLimitReads(subject);
    const wanted = pagesFor(canLimit ? [] : subject.sources());
    const crowd = randomCrowd(wanted);
    const ticketOf = await tickets(subject);
    const lineOf = (near: readonly string[]) => subject.locate({ handler: HANDLER, near })?.line;
    const readsIndex = lineOf(['IndexName']) !== lineOf([]);
    let small: readonly string[] = [];
    let rowByRow: RowByRow | undefined;
    const seen = await throughTheTunnel(subject, room.address, {
      people: tabs(crowd.length),
      fate: (place) => crowd[place] ?? { stays: false },
      speakers: 'first and last',
      tickets: (label) => ticketOf(userOf(label)),
      async onSpoken({ second, told }, living) {
        // After a mistake, nothing more could show.
        if (second === undefined || told !== undefined) return;
        if (canLimit) rowByRow = await speakRowByRow(subject, living);
        else if (readsIndex) small = await indexesOfOnePage(subject, tablesOf(subject));
      },
    });
    const { spoken } = seen;
    const times = (spoken === undefined ? 0 : saidIn(spoken).length) + (rowByRow === undefined ? 0 : 1);
    const isFailure = [spoken, rowByRow].some((each) => isCrash(each?.told?.text));
    return {
      room,
      wanted,
      ...seen,
      ...(small.length === 0 ? {} : { small }),
      ...(rowByRow === undefined ? {} : { rowByRow }),
      log: [],
      ...(spoken !== undefined && needsLog(spoken, rowByRow) ? await observeRun(subject, room, since) : {}),
      ...(await observeDoor(subject, room, { ...seen, since })),
      ...(isFailure ? await observeSpeakingCapacity(subject, room, { times, since }) : {}),
    };
  },
  judge(observation) {
    const { room, wanted, spoken, rows = [], table, conversation, log, timedOut, small = [], recentLeft } = observation;
    const evidence: Evidence[] = [
      ...(rows.length === 0 ? [] : [tableEvidence(observation)]),
      marked({ source: 'conversation', about: room.address, lines: conversation }, (line) => / [→←] /.test(line)),
      ...log,
    ];
    const at = {
      handler: HANDLER,
      near: ['ScanCommand(', 'paginateScan(', 'QueryCommand(', 'paginateQuery('],
    };
    const atDoor = judgeDoor(observation, evidence, shut);
    if (atDoor !== undefined) return atDoor;
    const noRows = withoutRows(observation, evidence);
    if (noRows !== undefined) return noRows;
    const living = rows.filter((row) => row.of !== undefined);
    const pages = Math.max(0, ...rows.map(({ page }) => page));
    if (spoken === undefined || pages < wanted || living.every(({ page }) => page === living[0]?.page)) {
      return {
        outcome: 'inconclusive',
        reason: `The rows that the checker put into ${table} didn't fill ${wanted} pages of a scan, or spread people over them.`,
        next: 'Run the command again.',
      };
    }
    const wrong = whatIsWrong(observation, living);
    if (wrong !== undefined && log.some(({ lines }) => lines.some((line) => THROTTLED.test(line)))) {
      return {
        outcome: 'inconclusive',
        reason: `AWS throttled a call of the function that sends messages, as its log says. ${table} may have had too little capacity for what was read and deleted.`,
        next: "Run the command again in a few minutes. If that doesn't help, set the table's billing mode to `PAY_PER_REQUEST`.",
        passing: true,
      };
    }
    if (wrong !== undefined && timedOut) {
      const actual = `${wrong.actual} The function that sends messages timed out, as its log says.`;
      const isUnheard = Object.values(spoken.first.heard).every((times) => times === 0);
      return { outcome: 'failed', ...wrong, actual, ...(isUnheard ? { finding: findings.noEnd } : {}), evidence, at };
    }
    const place = isCrash(spoken.told?.text) ? thrownAt(log) : undefined;
    if (wrong !== undefined) return { outcome: 'failed', ...wrong, evidence, at, place };
    const remarks = [
      ...(small.length === 0 ? [] : [onOnePage(small)]),
      ...(recentLeft === undefined ? [] : [keptAsRecent(recentLeft)]),
    ];
    return {
      outcome: 'passed',
      actual: `The table had ${pages} pages, and everyone in the room got each message once.`,
      evidence,
      at,
      ...(remarks.length === 0 ? {} : { remark: remarks.join(' ') }),
    };
  },
  hints: [
    "Some people get every message, others none. It's the same people each time, until they reconnect. What do those who get none have in common?",
    'The function finds the people in the table. `everybody` in functions/send-message.ts reads it: does it get all the rows? Compare with the pages in the evidence.',
    'DynamoDB answers a Scan or a Query with at most 1 MB of rows, counted before any filter or projection. If there is more, the answer has a `LastEvaluatedKey`, and no error: the next Scan begins there if you pass it as `ExclusiveStartKey`.',
    'In functions/send-message.ts, scan again from the `LastEvaluatedKey` until a page has none (`paginateScan` of the SDK does the same):',
  ],
  findings: [
    findings.someNextPage,
    findings.nobodyHears,
    findings.somethingElse,
    findings.rowsMixedUp,
    findings.heardTwice,
    findings.errorInstead,
    findings.noEnd,
    findings.senderNotFound,
    findings.rowsStay,
    findings.livingRowDeleted,
    shut,
  ],
  docs: docs(
    '06-lost-pages',
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html#Scan.Pagination',
  ),
});

const HANDLER = 'send-message.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const THROTTLED = /\b(?:ProvisionedThroughputExceeded|Throttling)Exception\b/;

/** Whether the function's log may explain what went wrong. A handler can keep an error to itself. */
function needsLog({ told, left, first }: AmongGhosts, rowByRow?: RowByRow): boolean {
  const isUnheard = [first, rowByRow].some((said) => Object.values(said?.heard ?? {}).includes(0));
  return told !== undefined || left.length > 0 || isUnheard || rowByRow?.told !== undefined;
}

/** Returns what the function behind `sendmessage` logged since a moment, and whether it timed out. */
async function observeRun(subject: Subject, room: Room, since: number): Promise<Pick<Observation, 'log' | 'timedOut'>> {
  const sender = await observeSender(subject, room).catch(() => undefined);
  const runs = sender && (await observeEnds(subject, sender.functionName, since).catch(() => undefined));
  subject.signal.throwIfAborted();
  const log = await observePrinted(subject, room, since);
  return runs !== undefined && runs.timedOut > 0 ? { log, timedOut: true } : { log };
}

function keptAsRecent(count: number): string {
  const [rows, are] = count === 1 ? ['row', 'is'] : ['rows', 'are'];
  return `${count} ${rows} of stale connections ${are} still in the table. ${KEPT_AS_RECENT} So nothing here shows that stale rows are deleted on every page.`;
}

function tableEvidence({ rows = [], table, spoken }: Observation): Evidence {
  const heard = spoken?.first.heard ?? {};
  const lines = rows.map(({ id, of, page, isLeft }) => {
    const became = of === undefined ? (isLeft ? 'is there' : 'deleted') : heard[of] === 0 ? 'got nothing' : 'got it';
    return `page ${page}  ${id}  ${of ?? '410 Gone'}  ${became}`;
  });
  return marked({ source: 'Scan', about: table, lines }, (line) => line.endsWith('got nothing'));
}

function whatIsWrong(
  { spoken, rows = [], timedOut, rowByRow }: Observation,
  living: readonly SeenRow[],
): { actual: string; finding?: Finding } | undefined {
  if (spoken === undefined) return undefined;
  const { first, second, told, left } = spoken;
  const { speaker, heard } = first;
  const pageOf = (label = '') => living.find(({ of }) => of === label)?.page;
  const pages = Math.max(...rows.map(({ page }) => page));
  const deaf = living.filter(({ of = '' }) => heard[of] === 0);
  const deleted = livingDeleted(spoken);
  if (deleted !== undefined) return { actual: deleted, finding: findings.livingRowDeleted };
  if (told !== undefined && second !== undefined) {
    const missed = Object.entries(second.heard).flatMap(([label, times]) => (times === 0 ? label : []));
    const deafThen = missed.length === 0 ? '' : ` ${inList(missed)} didn't get the message.`;
    return {
      actual: `Everyone got the first message. Then ${second.speaker}, whose row was on page ${pageOf(second.speaker)}, sent one, and ${told.who} got an error: ${quoted(told.text)}.${deafThen}`,
      finding: told.text.includes('"type":"error"') ? findings.senderNotFound : findings.errorInstead,
    };
  }
  if (told !== undefined) {
    const missed = deaf.length === 0 ? '' : ` ${inList(deaf.map(({ of = '' }) => of))} didn't get the message.`;
    return {
      actual: `The table has ${pages} pages. ${speaker} sent a message, and ${told.who} got an error: ${quoted(told.text)}.${missed}`,
      // The room's own error means that it doesn't find the sender in what it read.
      finding: told.text.includes('"type":"error"') ? findings.nobodyHears : findings.errorInstead,
    };
  }
  const altered = gotAltered(second ?? first);
  if (altered !== undefined) return { actual: altered, finding: findings.somethingElse };
  if (deaf.length > 0) {
    const where = deaf.map(({ of, page }) => `${of} (page ${page})`);
    const actual = `The table has ${pages} pages. ${speaker} (page ${pageOf(speaker)}) sent a message. ${inList(where)} didn't get it${timedOut ? '' : ', and nobody got an error'}.`;
    // Reading stops somewhere: nobody after that page gets anything.
    const last = Math.max(0, ...living.filter((row) => !deaf.includes(row)).map(({ page }) => page));
    if (last === 0) return { actual, finding: findings.nobodyHears };
    if (deaf.some(({ page }) => page < last)) return { actual, finding: findings.rowsMixedUp };
    return last === 1 ? { actual } : { actual, finding: findings.someNextPage };
  }
  const twice = gotTwice(saidIn(spoken));
  if (twice !== undefined) return { actual: twice, finding: findings.heardTwice };
  if (left.length > 0) {
    const stale = rows.filter(({ of, isLeft }) => of === undefined && isLeft);
    const where = [...new Set(stale.map(({ page }) => page))];
    return {
      actual: `Everyone got the message, but ${left.length === 1 ? 'the row of a stale connection is' : `${left.length} rows of stale connections are`} still in the table, on ${where.length === 1 ? 'page' : 'pages'} ${inList(where.map(String))}.`,
      finding: findings.rowsStay,
    };
  }
  const silent = Object.entries(second?.heard ?? {}).flatMap(([label, times]) => (times === 0 ? label : []));
  if (silent.length > 0) {
    return {
      actual: `Everyone got the first message. ${second?.speaker} answered, and ${inList(silent)} didn't get that.`,
      finding: findings.rowsMixedUp,
    };
  }
  return rowByRow === undefined ? undefined : missedRowByRow(rowByRow);
}
