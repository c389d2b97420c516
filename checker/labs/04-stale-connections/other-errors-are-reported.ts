import { check, type Evidence, type Finding, type Judgement, type Room } from '../../checking/check.ts';
import { marked } from '../../observe/marked.ts';
import { openRoom } from '../../observe/room.ts';
import { withoutComments } from '../../probe/source-words.ts';
import { gotAltered, gotTwice, livingDeleted, withoutRows } from '../among-ghosts.ts';
import { docs } from '../docs.ts';
import { type Door, judgeDoor, observeDoor } from '../door.ts';
import * as findings from './findings.ts';
import { type Failing, type FailingRoom, meetFailing } from './meet-failing.ts';
import { MANY } from './meeting.ts';

export interface Observation extends FailingRoom, Door {
  readonly room: Room;
  /** Whether a handler can answer with a status that nobody gets to see. */
  readonly hasErrorStatus?: boolean;
}

/** An answer such as `{ statusCode: 500, body }`. */
const ERROR_STATUS = /\bstatusCode:\s*[45]\d\d\b/;

export const otherErrorsAreReported = check<Observation>({
  id: 'other-errors-are-reported',
  title: 'Only 410 means gone: other errors are reported',
  needs: ['gone-connections-are-removed'],
  expected:
    'Posts fail, and each sender gets an error. Nobody gets a message twice, and no row is deleted because of an error other than 410. Five posts fail with 400 Bad Request, because a connection id is malformed. In the practice account, ten more fail with 403, 413, 429, 500 or a network error: to old and to new rows, and among sixty others.',
  async observe(subject) {
    const room = openRoom(subject);
    const since = Date.now();
    const met = await meetFailing(subject, room);
    // Only of the practice account is it known that nobody gets such an answer.
    const hasErrorStatus =
      subject.target.kind === 'practice' &&
      subject
        .sources()
        .map(withoutComments)
        .some((text) => ERROR_STATUS.test(text));
    return { room, ...met, hasErrorStatus, ...(await observeDoor(subject, room, { ...met, since })) };
  },
  judge(observation) {
    const { room, table, failing, conversation, hasErrorStatus = false } = observation;
    const [last, before] = [failing?.at(-1), failing?.at(-2)];
    const evidence: Evidence[] = [
      marked({ source: 'conversation', about: room.address, lines: conversation }, (line) =>
        last?.told === undefined ? false : line.endsWith(`${last.speaker} ← ${last.told}`),
      ),
      ...(last === undefined ? [] : [tableEvidence(last, table)]),
    ];
    const at = { handler: 'send-message.ts', near: ['allSettled', 'catch', 'PostToConnectionCommand('] };
    const atDoor = judgeDoor(observation, evidence);
    if (atDoor !== undefined) return atDoor;
    const noRows = withoutRows(observation, evidence);
    if (noRows !== undefined) return noRows;
    if (last === undefined) {
      return notMalformed(
        `The checker can't replace the connection ids in the rows of ${table}: it looks for texts like L0SM9cOFvHcCIhw=.`,
      );
    }
    if (isCopyLive(last)) {
      return notMalformed(
        `${last.speaker} sent one message, and ${last.copyOf} got it ${last.heard[last.copyOf]} times: the checker's copy of ${last.copyOf}'s row still leads to ${last.copyOf}'s connection.`,
      );
    }
    const wrong = whatIsWrong(last, before);
    if (wrong !== undefined) {
      const isUnseen = hasErrorStatus && wrong.finding === findings.errorSwallowed;
      const actual = isUnseen ? `${wrong.actual} ${UNSEEN_STATUS}` : wrong.actual;
      return { outcome: 'failed', ...wrong, actual, evidence, at };
    }
    return {
      outcome: 'passed',
      actual: 'Every sender got an error, and no row was deleted because of it.',
      evidence,
      at,
    };
  },
  hints: [
    'A post fails for some other reason than a stale connection. The room must report that.',
    'Look at the catch in functions/send-message.ts: which errors does it handle, and what happens to the others?',
    'An error that the function throws reaches the sender as "Internal server error", and you in the log. An error that it catches reaches nobody, so it should only catch errors that it understands, and 410 is the only one here.',
    'How the solution posts a message, in functions/send-message.ts:',
  ],
  findings: [findings.errorSwallowed, findings.otherRowDeleted, findings.heardTwice, findings.differentText],
  docs: docs(
    '04-stale-connections',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html',
  ),
});

const UNSEEN_STATUS =
  'Your code has an answer whose `statusCode` is 400 or more: in the practice account, such an answer reaches nobody.';

function tableEvidence({ id, answer, isLeft, lost }: Failing, table: string | undefined): Evidence {
  const lines = [
    `${id}  ${answer}  ${isLeft ? 'is there' : 'deleted'}`,
    ...lost.map((label) => `${label}'s row  connected  deleted`),
  ];
  return marked({ source: 'Scan', about: table, lines }, (line) => line.endsWith('deleted'));
}

/** The room may write ids in a form that the checker can't replace. Then the row is not the one that was meant. */
function notMalformed(reason: string): Judgement {
  return {
    outcome: 'inconclusive',
    reason,
    next: 'Write the connection id into the rows as API Gateway passes it to `$connect`, and run the command again.',
  };
}

function isCopyLive({ heard, copyOf }: Failing): boolean {
  return Object.entries(heard).every(([label, times]) => (label === copyOf ? times > 1 : times <= 1));
}

const AMONG_MANY = { first: 'whose row comes before', last: 'whose row comes behind' } as const;

function whatIsWrong(failing: Failing, before?: Failing): { actual: string; finding: Finding } | undefined {
  const { id, answer, copyOf, speaker, told, isLeft, isAmongGone = false, isNew = false, amongMany } = failing;
  if (!isLeft) {
    const error = told === undefined ? 'got no error' : 'got an error';
    return {
      actual: `${speaker} ${error}, and the room deleted the row ${id}, though ${answer} doesn't mean that a connection is gone.`,
      finding: findings.otherRowDeleted,
    };
  }
  const isOwn = speaker === copyOf;
  const which = isNew
    ? ', a connection that has just begun,'
    : amongMany !== undefined
      ? `, ${AMONG_MANY[amongMany]} ${MANY} rows of stale connections in a scan,`
      : isOwn
        ? `, which seems to be ${speaker}'s other tab,`
        : '';
  const fails = `The post to ${id}${which} fails with ${answer}`;
  const deleted = livingDeleted(failing);
  if (deleted !== undefined) return { actual: `${fails}. ${deleted}`, finding: findings.otherRowDeleted };
  if (told === undefined) {
    const like = before?.id === id ? ', as it did before' : `, like the one to ${before?.id} before`;
    const after = before?.answer === answer ? like : '';
    const silent = `${speaker} got no error: the room hides the failure.`;
    return {
      actual: isAmongGone
        ? `${fails}${after}. This time, the post to a stale connection fails with 410 Gone, too, and ${silent}`
        : `${fails}${after}, but ${silent}`,
      finding: findings.errorSwallowed,
    };
  }
  const altered = gotAltered(failing);
  if (altered !== undefined) return { actual: altered, finding: findings.differentText };
  const twice = gotTwice([failing]);
  return twice === undefined ? undefined : { actual: twice, finding: findings.heardTwice };
}
