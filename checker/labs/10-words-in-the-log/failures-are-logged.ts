import { check, type Evidence, type Room } from '../../checking/check.ts';
import { observeFunction } from '../../observe/function.ts';
import {
  type FunctionLog,
  type LoggingOff,
  observeFunctionLogs,
  observeLoggingOff,
} from '../../observe/function-logs.ts';
import { openRoom } from '../../observe/room.ts';
import { observeSender } from '../../observe/sender.ts';
import { thrownAt } from '../../observe/thrown.ts';
import { quoted } from '../../probe/frames.ts';
import { docs } from '../docs.ts';
import { type Door, doorIsShut, judgeDoor, observeDoor } from '../door.ts';
import { talk } from './conversation.ts';
import { type Logged, loggedInvocations, untilLogged } from './invocations.ts';
import * as findings from './logging-off.ts';
import { isTold, observeTold } from './told-failures.ts';

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
  /** How a post failed that the log must show: `400 Bad Request`. Undefined if there is no row to copy. */
  readonly answer?: string;
  /** The error that Ada got for a message while every post could succeed. */
  readonly unsent?: string;
  /** The account's view of the sender, if she got one. */
  readonly failure?: readonly Evidence[];
  /** The log's lines that say what went wrong, if there are some about every post that failed. */
  readonly lines: readonly string[];
  /** Those that say only that something did. */
  readonly vague: readonly string[];
  /** The log group that they are in, if that isn't the sender's: another function can post for it. */
  readonly group?: string;
  /** Whether the sender ran into its timeout. */
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
  expected: 'Ada sends messages, and posts of them fail. The log says how each one failed.',
  async observe(subject) {
    const room = openRoom(subject);
    const began = Date.now();
    const [{ refused, unsent, failing = [], happened, conversation }, logs, sending] = await Promise.all([
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
    const common = { room, mute, answer: failing[0]?.answer, unsent };
    if (sender === undefined || failing.length === 0 || unsent !== undefined) {
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
    const told = await observeTold(subject, room, failing, { sender, logs, since: began });
    const untold = told.find((each) => !isTold(each));
    const { answer, group, vague = [], timedOut } = untold ?? told[0] ?? {};
    const lines = untold === undefined ? told.flatMap((each) => (each.group === group ? each.lines : [])) : [];
    return {
      ...common,
      answer,
      sender,
      lines,
      vague,
      group,
      timedOut,
      logged: shown.get(sender.functionName) ?? 'late',
    };
  },
  judge(observation) {
    const { room, sender, answer, unsent, failure = [], lines, vague, timedOut, logged, mute } = observation;
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
    if (answer === undefined) {
      const actual =
        'Ada connected, but no table of the stack got a row for her connection, so no post could be made to fail.';
      return { outcome: 'failed', actual, evidence: [], at };
    }
    if (unsent !== undefined) {
      const actual = `Ada sent a message and got ${quoted(unsent)}, so no post could be made to fail.`;
      return { outcome: 'failed', actual, evidence: failure, at, place: thrownAt(failure) };
    }
    const shown = [...lines, ...vague].slice(0, 4);
    const evidence: Evidence[] =
      shown.length === 0 ? [] : [{ source: 'log', about: observation.group ?? sender.group, lines: shown }];
    const own = mute.find(({ called }) => called === sender.called);
    if (own !== undefined) return { outcome: 'failed', actual: inWords(own), evidence, at, finding: reasons[own.why] };
    if (lines.length === 0) {
      if (logged === 'no group') {
        const actual = `A post failed with ${answer}, but the log group of ${sender.called} (${sender.group}) doesn't exist, so everything that the function logs is lost.`;
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
      const actual = `A post failed with ${answer}. The log of ${sender.called} (${sender.group}) ${says}`;
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
    return { outcome: 'passed', actual: 'The log says what went wrong each time.', evidence, at };
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

const reasons = { 'no permission': findings.noPermission, 'fatal only': findings.fatalOnly };

function inWords({ called, why }: Mute): string {
  return why === 'no permission'
    ? `The role of ${called} isn't allowed to write its log (\`logs:PutLogEvents\`), so nobody can find out what goes wrong there.`
    : `${called} logs only lines of the level FATAL, but errors have the level ERROR, so nobody can find out what goes wrong there.`;
}
