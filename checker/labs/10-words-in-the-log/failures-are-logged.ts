import { check, type Evidence, type Room } from '../../checking/check.ts';
import { observeFunction } from '../../observe/function.ts';
import {
  type FunctionLog,
  type LoggingOff,
  observeFunctionLogs,
  observeLoggingOff,
} from '../../observe/function-logs.ts';
import { eventsSince } from '../../observe/log-events.ts';
import { namesBundle, ownLines } from '../../observe/own-lines.ts';
import { openRoom } from '../../observe/room.ts';
import { observeSender } from '../../observe/sender.ts';
import { thrown, thrownAt } from '../../observe/thrown.ts';
import { quoted } from '../../probe/frames.ts';
import { redacted } from '../../sign-in/redacted.ts';
import { docs } from '../docs.ts';
import { type Door, doorIsShut, judgeDoor, observeDoor } from '../door.ts';
import { talk } from './conversation.ts';
import { failuresIn } from './failure-lines.ts';
import { type Logged, loggedInvocations, untilLogged } from './invocations.ts';
import * as findings from './logging-off.ts';

const shut = doorIsShut('10-words-in-the-log');

/** A function that can't log its own failures. */
export interface Mute {
  readonly logicalId?: string;
  /** Its name in sentences. */
  readonly called: string;
  readonly why: LoggingOff;
}

export interface Observation extends Door {
  readonly room: Room;
  readonly refused?: number;
  /** The function behind `sendmessage`, if there is one. */
  readonly sender?: Pick<FunctionLog, 'logicalId' | 'called' | 'group'>;
  /** Whether a post failed: not if there is no row to copy. */
  readonly failed: boolean;
  /** The error that Ada got for a message while every post could succeed. */
  readonly unsent?: string;
  /** The account's view of the sender, if she got one. */
  readonly failure?: readonly Evidence[];
  /** The lines in the sender's log that say what went wrong. */
  readonly lines: readonly string[];
  /** Its lines that say only that something did. */
  readonly vague: readonly string[];
  /** Whether its log says that it ran into its timeout. */
  readonly timedOut?: boolean;
  /** The final state of the sender's log. */
  readonly logged: Logged;
  readonly mute: readonly Mute[];
}

export const failuresAreLogged = check<Observation>({
  id: 'failures-are-logged',
  title: 'Failed posts are logged',
  // If nobody gets an ordinary message, no post can be made to fail.
  needs: ['stranger-is-refused', 'two-people-talk'],
  expected: "Ada sends a message, and one of the posts fails with 400 Bad Request. The sender's log says so.",
  async observe(subject) {
    const room = openRoom(subject);
    const began = Date.now();
    const [{ refused, unsent, failing, happened, conversation }, logs, sending] = await Promise.all([
      talk(subject, room, { only: 'failing' }),
      observeFunctionLogs(subject, room),
      observeSender(subject, room),
    ]);
    const sender = logs.find(({ functionArn }) => functionArn === sending?.functionArn);
    const mute = (
      await Promise.all(
        logs.map(async (log): Promise<Mute | undefined> => {
          const why = await observeLoggingOff(subject, log);
          return why && { logicalId: log.logicalId, called: log.called, why };
        }),
      )
    ).filter((each) => each !== undefined);
    const common = { room, mute, failed: failing !== undefined, unsent };
    if (sender === undefined || failing === undefined || unsent !== undefined) {
      const nothing = { lines: [], vague: [], logged: 'complete' } as const;
      return {
        ...common,
        sender,
        ...nothing,
        refused,
        ...(await observeDoor(subject, room, { refused, since: began, conversation })),
        failure: unsent === undefined ? undefined : sender && (await observeFunction(subject, sender.functionName)),
      };
    }
    const shown = await untilLogged(subject, logs, await loggedInvocations(subject, room, logs, happened), began);
    const events = (await eventsSince(subject, sender.group, began)) ?? [];
    const { functionName } = sender;
    const { telling, vague } = failuresIn(events, { ...failing, functionName, sources: subject.sources() });
    const inOwn = [...telling, ...vague].some(namesBundle) ? await ownLines(subject, functionName) : undefined;
    const readable = (lines: readonly string[]) => lines.flatMap((line) => thrown(redacted(line.trimEnd()), inOwn));
    const timedOut = events.some(
      ({ message = '', timestamp = 0 }) => timestamp >= failing.since && TIMED_OUT.test(message),
    );
    const said = { lines: readable(telling), vague: readable(vague), timedOut };
    return { ...common, sender, ...said, logged: shown.get(functionName) ?? 'late' };
  },
  judge(observation) {
    const { room, sender, failed, unsent, failure = [], lines, vague, timedOut, logged, mute } = observation;
    const atDoor = judgeDoor(observation, [], shut);
    if (atDoor !== undefined) return atDoor;
    if (sender === undefined) {
      return {
        outcome: 'failed',
        actual: 'No function is behind the route `sendmessage`.',
        evidence: [],
        at: room.api,
      };
    }
    const at = sender.logicalId ?? room.api;
    if (!failed) {
      const actual =
        'Ada connected, but no table of the stack got a row for her connection, so no post could be made to fail.';
      return { outcome: 'failed', actual, evidence: [], at };
    }
    if (unsent !== undefined) {
      const actual = `Ada sent a message and got ${quoted(unsent)}, so no post could be made to fail.`;
      return { outcome: 'failed', actual, evidence: failure, at, place: thrownAt(failure) };
    }
    const shown = [...lines, ...vague].slice(0, 4);
    const evidence: Evidence[] = shown.length === 0 ? [] : [{ source: 'log', about: sender.group, lines: shown }];
    const own = mute.find(({ called }) => called === sender.called);
    if (own !== undefined) return { outcome: 'failed', actual: inWords(own), evidence, at, finding: reasons[own.why] };
    if (lines.length === 0) {
      if (logged === 'no group') {
        const actual = `A post failed, but the log group of ${sender.called} (${sender.group}) doesn't exist, so everything that the function logs is lost.`;
        return { outcome: 'failed', actual, evidence, at, finding: findings.noGroup };
      }
      if (logged !== 'complete') {
        return {
          outcome: 'inconclusive',
          reason: `The log of ${sender.called} (${sender.group}) doesn't show the failed post yet, nor the end of the invocation. CloudWatch Logs is late.`,
          next: 'Wait a minute and run the command again.',
          passing: true,
        };
      }
      const ended = timedOut ? 'ran into its timeout' : 'ended';
      const says =
        vague.length === 0
          ? `shows that the function ${ended}, but not what went wrong.`
          : "says that something went wrong, but not what: it has no status, no connection id, and no name of API Gateway's error.";
      const actual = `A post failed with 400 Bad Request. The log of ${sender.called} (${sender.group}) ${says}`;
      return {
        outcome: 'failed',
        actual,
        evidence,
        at: { handler: 'channels/send-message.ts', near: ['catch', 'console.', 'allSettled'] },
      };
    }
    const [other] = mute;
    if (other !== undefined) {
      return {
        outcome: 'failed',
        actual: inWords(other),
        evidence,
        at: other.logicalId ?? room.api,
        finding: reasons[other.why],
      };
    }
    return { outcome: 'passed', actual: "The sender's log says what went wrong.", evidence, at };
  },
  hints: [
    'Something goes wrong in the room, but no log says so. Nobody can answer the next complaint.',
    'What happens to an error in functions/channels/send-message.ts? And does anything keep the function from logging it?',
    'Lambda logs an error that a function throws, with name, message and stack. None of them has to contain what somebody said. If a function catches an error and logs nothing, the error is lost. Log less, but not nothing.',
    'What the solution logs and which errors it throws, in functions/channels/send-message.ts:',
  ],
  findings: [findings.noPermission, findings.fatalOnly, findings.noGroup, shut],
  docs: docs(
    '10-words-in-the-log',
    'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html',
  ),
});

/** Lambda's line about it: https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html */
const TIMED_OUT = /\bTask timed out after |"status":"timeout"/;

const reasons = { 'no permission': findings.noPermission, 'fatal only': findings.fatalOnly };

function inWords({ called, why }: Mute): string {
  return why === 'no permission'
    ? `The role of ${called} isn't allowed to write its log (\`logs:PutLogEvents\`), so nobody can find out what goes wrong there.`
    : `${called} logs only lines of the level FATAL, but errors have the level ERROR, so nobody can find out what goes wrong there.`;
}
