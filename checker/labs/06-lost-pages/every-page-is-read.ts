import { check, type Evidence, type HandlerLine, type Room } from '../../checking/check.ts';
import { isOfTheLast, marked } from '../../observe/marked.ts';
import { observeSenderRun, type SenderRun } from '../../observe/printed.ts';
import { openRoom } from '../../observe/room.ts';
import { thrownAt } from '../../observe/thrown.ts';
import { type AmongGhosts, isRight, missedBy, saidIn } from '../../probe/among-ghosts.ts';
import { isCrash } from '../../probe/frames.ts';
import { indexesOfOnePage } from '../../probe/indexes.ts';
import { canLimitReads } from '../../probe/limit-reads.ts';
import { tablesOf } from '../../probe/rows.ts';
import { type Tunnel, throughTheTunnel } from '../../probe/tunnel.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { KEPT_AS_RECENT, withoutRows } from '../among-ghosts.ts';
import { DELETES } from '../deletes-rows.ts';
import { docs } from '../docs.ts';
import { type Door, doorIsShut, judgeDoor, observeDoor } from '../door.ts';
import { failureIn } from '../failure-in.ts';
import { observeSpeakingCapacity } from '../no-capacity.ts';
import { onOnePage } from '../on-one-page.ts';
import { pagesFor, randomCrowd, tabs, userOf } from './crowd.ts';
import { type FailedRead, speakPastFailedRead } from './failed-read.ts';
import * as findings from './findings.ts';
import { type RowByRow, speakRowByRow, wrongRowByRow } from './row-by-row.ts';
import { tableEvidence } from './table-evidence.ts';
import { type Seen, type Wrong, whatIsWrong } from './what-is-wrong.ts';

const shut = doorIsShut('06-lost-pages');

/** The log is read if somebody got an error, or something went wrong without one. */
export interface Observation extends Tunnel, Door, Seen, SenderRun {
  readonly room: Room;
  /** How many pages the table should have. */
  readonly wanted: number;
  /** Indexes that the handler may read, and that have all rows on one page: they have only a little of each. */
  readonly small?: readonly string[];
  /** The names of the stack's tables. */
  readonly tables: readonly string[];
}

export const everyPageIsRead = check<Observation>({
  id: 'every-page-is-read',
  title: 'Everyone gets the message, on whichever page their row is',
  needs: ['stranger-is-refused'],
  expected:
    'The table takes several pages. People on the first and the last page send a message: everyone gets both once, with the name of its sender and in each of their tabs, and stale rows are deleted on every page. In the practice account, everyone also gets a message while each page has a single row and there are more than forty. If such reads fail, everyone gets the message, or its sender an error.',
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
    let failedRead: FailedRead | undefined;
    const seen = await throughTheTunnel(subject, room.address, {
      people: tabs(crowd.length),
      fate: (place) => crowd[place] ?? { stays: false },
      speakers: 'first and last',
      tickets: (label) => ticketOf(userOf(label)),
      async onSpoken(spoken, living) {
        // After a mistake, nothing more could show.
        if (!isAllRight(spoken)) return;
        if (canLimit) {
          rowByRow = await speakRowByRow(subject, living);
          if (wrongRowByRow(rowByRow) === undefined) failedRead = await speakPastFailedRead(subject, room, living);
        } else if (readsIndex) small = await indexesOfOnePage(subject, tablesOf(subject));
      },
    });
    const { spoken } = seen;
    const times = (spoken === undefined ? 0 : saidIn(spoken).length) + (rowByRow === undefined ? 0 : 1);
    const isFailure = [spoken, rowByRow].some((each) => isCrash(each?.told?.text));
    return {
      room,
      wanted,
      ...seen,
      small,
      rowByRow,
      failedRead,
      tables: tablesOf(subject),
      log: [],
      ...(spoken !== undefined && needsLog(spoken, { rowByRow, failedRead })
        ? await observeSenderRun(subject, room, since)
        : {}),
      ...(await observeDoor(subject, room, { ...seen, since })),
      ...(isFailure ? await observeSpeakingCapacity(subject, room, { times, since }) : {}),
    };
  },
  judge(observation) {
    const { room, wanted, spoken, rows = [], table, tables, conversation: lines, log, timedOut } = observation;
    const living = rows.filter((row) => row.of !== undefined);
    const wrong = whatIsWrong(observation, living);
    const conversation = { source: 'conversation', about: room.address, lines };
    const isAbout = wrong === undefined ? (line: string) => / [→←] /.test(line) : isOfTheLast(conversation);
    const evidence: Evidence[] = [...tableEvidence(observation, wrong), marked(conversation, isAbout), ...log];
    const atDoor = judgeDoor(observation, evidence, shut);
    if (atDoor !== undefined) return atDoor;
    const noRows = withoutRows(observation, evidence);
    if (noRows !== undefined) return noRows;
    const pages = Math.max(0, ...rows.map(({ page }) => page));
    if (spoken === undefined || pages < wanted || living.every(({ page }) => page === living[0]?.page)) {
      return {
        outcome: 'inconclusive',
        reason: `The rows that the checker put into ${table} didn't fill ${wanted} pages of a scan, or spread people over them.`,
        next: 'Run the command again.',
      };
    }
    // Reads that had to fail say nothing about the table's capacity.
    const mayBeThrottled = wrong !== undefined && wrong.finding !== findings.failedRead;
    if (mayBeThrottled && log.some(({ lines }) => lines.some((line) => THROTTLED.test(line)))) {
      return {
        outcome: 'inconclusive',
        reason: `AWS throttled a call of the function that sends messages, as its log says. ${table} may have had too little capacity for what was read and deleted.`,
        next: "Run the command again in a few minutes. If that doesn't help, set the table's billing mode to `PAY_PER_REQUEST`.",
        passing: true,
      };
    }
    const { rowByRow } = observation;
    const isMissed = rowByRow !== undefined && missedBy(rowByRow).length > 0;
    const endsOnWholePages = !(rowByRow?.failsOnWholePages ?? isMissed);
    if (wrong?.isRowByRow && timedOut && endsOnWholePages) {
      const until = isMissed ? 'The function timed out' : 'Everyone got the message, but then the function timed out';
      return {
        outcome: 'inconclusive',
        reason: `The practice account returned one row per page. ${until}. This computer may be busy.`,
        next: 'Run the command again.',
        passing: true,
      };
    }
    if (wrong !== undefined && timedOut) {
      const actual = `${wrong.actual} The function that sends messages timed out, as its log says.`;
      const isUnheard = Object.values(spoken.first.heard).every((times) => times === 0);
      const finding = isUnheard || rowByRow?.failsOnWholePages ? findings.noEnd : wrong.finding;
      return { outcome: 'failed', actual, finding, evidence, at: placeOf() };
    }
    if (wrong !== undefined) {
      const told = wrong.isRowByRow ? rowByRow?.told : spoken.told;
      const failure = failureIn(told, log, { table, tables });
      const actual = failure === undefined ? wrong.actual : `${wrong.actual} ${failure.inWords}`;
      // A row can be lost as well, and then the finding isn't about the error.
      const isCrashed = isCrash(told?.text) && wrong.finding !== findings.livingRowDeleted;
      const at = (isCrashed && failure?.isOfStack && observation.sender) || placeOf(wrong, spoken);
      const evenIfDenied = failure?.isOtherTable === true;
      const place = isCrashed ? thrownAt(log, { evenIfDenied }) : undefined;
      const finding = isCrashed && evenIfDenied ? findings.otherTable : wrong.finding;
      return { outcome: 'failed', actual, finding, evidence, at, place };
    }
    return {
      outcome: 'passed',
      actual: `The table had ${pages} pages, and everyone in the room got each message once.`,
      evidence,
      at: placeOf(),
      ...remarkOn(observation),
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
    findings.otherTable,
    findings.noEnd,
    findings.senderNotFound,
    findings.failedRead,
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

const POSTS = ['inParallel(', 'PostToConnectionCommand('];

/** Returns where a handler makes a mistake: where it reads, posts or deletes. */
function placeOf(wrong?: Wrong, spoken?: AmongGhosts): HandlerLine {
  const reads = ['ScanCommand(', 'paginateScan(', 'QueryCommand(', 'paginateQuery('];
  const times = new Set(spoken && saidIn(spoken).flatMap(({ heard }) => Object.values(heard)));
  switch (wrong?.finding) {
    case findings.heardTwice:
      // If pages are read again, some people get it more often than others.
      return { handler: HANDLER, near: times.size === 1 ? [...POSTS, ...reads] : reads };
    case findings.rowsStay:
    case findings.livingRowDeleted:
      return { handler: HANDLER, near: [...DELETES, 'GoneException', ...POSTS] };
    default:
      return { handler: HANDLER, near: reads };
  }
}

/** Whether everyone got both messages once, and nobody got an error or lost a row. */
function isAllRight(spoken: AmongGhosts): boolean {
  const { second, told, lost } = spoken;
  return second !== undefined && told === undefined && lost.length === 0 && saidIn(spoken).every(isRight);
}

function remarkOn({ small = [], recentLeft, rowByRow }: Observation): { remark?: string } {
  const remarks = [
    ...(small.length === 0 ? [] : [onOnePage(small)]),
    ...(recentLeft === undefined ? [] : [keptAsRecent(recentLeft)]),
    ...(rowByRow?.untried === undefined ? [] : [stopsAfter(rowByRow.untried)]),
  ];
  return remarks.length === 0 ? {} : { remark: remarks.join(' ') };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const THROTTLED = /\b(?:ProvisionedThroughputExceeded|Throttling)Exception\b/;

/** Whether the function's log may explain what went wrong. A handler can keep an error to itself. */
function needsLog({ told, left, first }: AmongGhosts, { rowByRow, failedRead }: Partial<Seen>): boolean {
  const isUnheard = [first, rowByRow, failedRead].some((said) => Object.values(said?.heard ?? {}).includes(0));
  const isLeft = left.length > 0 || (rowByRow !== undefined && rowByRow.left > 0);
  return told !== undefined || isLeft || isUnheard || rowByRow?.told !== undefined;
}

function stopsAfter(limit: number): string {
  return `Your handlers contain the number ${limit}, which can be a limit. With more rows than that, the function timed out, probably because this computer is busy. So nothing here shows that it reads on after ${limit} rows.`;
}

function keptAsRecent(count: number): string {
  const [rows, are] = count === 1 ? ['row', 'is'] : ['rows', 'are'];
  return `${count} ${rows} of stale connections ${are} still in the table. ${KEPT_AS_RECENT} So nothing here shows that stale rows are deleted on every page.`;
}
