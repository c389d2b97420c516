import { check, type Room, type Subject } from '../../checking/check.ts';
import { longestLook } from '../../checking/run.ts';
import { observeFunctionLogs } from '../../observe/function-logs.ts';
import { eventsSince } from '../../observe/log-events.ts';
import { openRoom } from '../../observe/room.ts';
import { observeSender } from '../../observe/sender.ts';
import { guests } from '../../sign-in/guests.ts';
import { inList } from '../among-ghosts.ts';
import { docs } from '../docs.ts';
import { type Door, doorIsShut, judgeDoor, observeDoor } from '../door.ts';
import { talk } from './conversation.ts';
import * as findings from './findings.ts';
import { leaksIn } from './found-in-logs.ts';
import { type Logged, loggedInvocations, untilLogged } from './invocations.ts';
import { evidenceOf } from './leak-evidence.ts';
import { type Crash, judgeCrash } from './odd-messages.ts';
import { onlyPrintIn } from './only-print.ts';
import { placeOfLeak } from './place-of-leak.ts';
import { functionOf } from './platform-line.ts';
import { printsOnlyIf } from './prints-only-if.ts';
import { logGroupsOf, observeStageLogs } from './stage-logs.ts';
import { type Found, findingOf, rank, whatWasFound } from './what-was-found.ts';

const shut = doorIsShut('10-words-in-the-log');

export interface Observation extends Door {
  readonly room: Room;
  /** The status of the handshake, if somebody was rejected. */
  readonly refused?: number;
  /** The logical id of the function behind `sendmessage`. */
  readonly sender?: string;
  readonly found: readonly Found[];
  /** How many log groups were read, and how many lines of this run they have. */
  readonly groups: number;
  readonly lines: number;
  /** Whether the stage's execution log has whole requests. */
  readonly wholeRequests: boolean;
  /** Variables about people in the format of the stage's access log. */
  readonly personal?: readonly string[];
  /** Functions whose logs don't show all invocations of the conversation yet. */
  readonly late: readonly string[];
  /** Functions whose logs omit the lines that would show it. */
  readonly untold: readonly string[];
  /** A condition in a handler's source that only some messages meet, and under which it prints something. */
  readonly onlyIf?: string | undefined;
  /** The sender's only line that prints. */
  readonly onlyPrint?: string | undefined;
  /** A message that the sender can't handle. */
  readonly crash?: Crash | undefined;
}

export const noWordsInTheLogs = check<Observation>({
  id: 'no-words-in-the-logs',
  title: 'No log contains messages, names, addresses or tokens',
  needs: ['stranger-is-refused'],
  expected:
    'People join with their tokens, talk, and make mistakes, and a post fails. No log of the functions or the stage contains their words, names, email addresses or tokens, in any encoding.',
  async observe(subject) {
    const began = performance.now();
    const first = await look(subject);
    const isCertain = first.found.length === 0 || first.found.some(({ mayBeChance }) => mayBeChance !== true);
    // Another look must end in time, too.
    if (isCertain || performance.now() - began > longestLook / 2) return first;
    // What a log has of a word or a name by chance, such as in an id, it doesn't have of the next one.
    subject.forget(guests);
    return look(subject);
  },
  judge(observation) {
    const {
      room,
      sender,
      found,
      groups,
      lines,
      wholeRequests,
      personal = [],
      late,
      untold,
      onlyIf,
      onlyPrint,
      crash,
    } = observation;
    const atDoor = judgeDoor(observation, [], shut);
    if (atDoor !== undefined) return atDoor;
    const ofStage = room.stage ?? room.api;
    const byRank = [...found].sort((one, other) => rank(one) - rank(other));
    const [worst] = byRank;
    if (worst !== undefined) {
      const { writer } = worst;
      const at =
        'stage' in writer
          ? ofStage
          : 'resource' in writer
            ? writer.resource
            : writer.logicalId === undefined
              ? room.api
              : placeOfLeak(worst.line, {
                  logicalId: writer.logicalId,
                  isSender: writer.logicalId === sender,
                  onlyPrint,
                });
      return {
        outcome: 'failed',
        actual: whatWasFound(worst, found),
        evidence: evidenceOf(byRank),
        at,
        finding: findingOf(worst, { found, sender, wholeRequests }),
      };
    }
    if (wholeRequests) {
      return {
        outcome: 'failed',
        actual: `The stage ${room.stageName} logs whole requests (\`DataTraceEnabled\`): what people say, and the addresses with their tokens.`,
        evidence: [{ source: 'GetStage', about: room.apiId, lines: ['DataTraceEnabled: true'], marked: [0] }],
        at: ofStage,
        finding: findings.dataTrace,
      };
    }
    if (personal.length > 0) {
      return {
        outcome: 'failed',
        actual: `The format of the stage's access log has ${inList(personal.map((name) => `\`${name}\``))}: who sent something, and when.`,
        evidence: [{ source: 'GetStage', about: room.apiId, lines: personal.map((name) => `Format: … ${name} …`) }],
        at: ofStage,
        finding: findings.stageLog,
      };
    }
    if (crash !== undefined) return judgeCrash(crash);
    if (late.length > 0) {
      return {
        outcome: 'inconclusive',
        reason: `The logs of ${inList(late)} don't show the end of all invocations of this conversation yet, so a word can still appear. CloudWatch Logs is late.`,
        next: 'Wait a minute and run the command again.',
        passing: true,
      };
    }
    const remark = [
      ...(untold.length === 0
        ? []
        : [
            `The system log level of ${inList(untold)} omits the end of each invocation, so nothing shows when these logs are complete. The checker waited as long as logs can take.`,
          ]),
      ...(onlyIf === undefined
        ? []
        : [
            `A handler's source prints something only if \`${onlyIf}\`, which may not have been true during this check. Check it yourself: the line must not contain messages, names, addresses or tokens.`,
          ]),
    ].join(' ');
    return {
      outcome: 'passed',
      actual: `${groups} log groups have ${lines} lines of this run, and none gives anything away.`,
      evidence: [],
      ...(remark === '' ? {} : { remark }),
    };
  },
  hints: [
    'Support reads the logs when something breaks. Send a message in the room, and look yourself: `npx lab logs 10` shows what the functions logged.',
    'The check names the function and shows the line. What does functions/channels/send-message.ts log, and who needs it?',
    "A message's event has the text and the sender, and a handshake's event has the token. A log has other readers than a channel, is kept longer, and is copied to other places. So log only what you need to find a mistake: ids, sizes, counts. Lambda puts the request id in front of each line.",
    'In functions/channels/send-message.ts, what the solution logs:',
  ],
  findings: [
    findings.token,
    findings.encoded,
    findings.abridged,
    findings.inParts,
    findings.dataTrace,
    findings.stageLog,
    findings.whenItFails,
    findings.otherFunction,
    findings.nameOnly,
    findings.crashes,
    shut,
  ],
  docs: docs('10-words-in-the-log', 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html'),
});

/** People talk once, and the logs are read for what they said. */
async function look(subject: Subject): Promise<Observation> {
  const room = openRoom(subject);
  const since = Date.now();
  const slow = printsOnlyIf(subject.sources());
  const [{ refused, needles, happened, conversation, crash }, logs, stage, sender] = await Promise.all([
    talk(subject, room, { slow: slow?.ms }),
    observeFunctionLogs(subject, room),
    observeStageLogs(subject, room),
    observeSender(subject, room),
  ]);
  const common = {
    room,
    sender: sender?.logicalId,
    wholeRequests: stage.wholeRequests,
    personal: stage.personal,
    onlyPrint: onlyPrintIn(subject.sources()),
    crash,
  };
  if (refused !== undefined) {
    const door = await observeDoor(subject, room, { refused, since, conversation });
    return { ...common, ...nothing, refused, ...door };
  }
  const shown = await untilLogged(subject, logs, await loggedInvocations(subject, room, logs, happened), since);
  const writers = [
    ...logs.map(({ group, ...writer }) => ({ group, writer })),
    ...stage.groups.map(({ group, kind }) => ({ group, writer: { stage: kind } })),
    ...logGroupsOf(subject).map(({ physicalId, logicalId }) => ({
      group: physicalId,
      writer: { resource: logicalId },
    })),
  ];
  const read = new Map<string, Awaited<ReturnType<typeof eventsSince>>>();
  // One after the other: CloudWatch Logs allows five such calls per second.
  for (const { group } of writers) {
    if (!read.has(group)) read.set(group, await eventsSince(subject, group, subject.began ?? since));
  }
  const found = [...read].flatMap(([group, events = []]) => {
    const own = writers.filter((each) => each.group === group).map(({ writer }) => writer);
    const isBy = (name?: string) => own.find((each) => 'called' in each && each.functionName === name);
    return leaksIn(group, events, needles).flatMap((leak): Found | [] => {
      // If functions share a log, its streams have their names; otherwise, the sender most likely wrote it.
      const writer = isBy(functionOf(leak.stream ?? '')) ?? isBy(sender?.functionName) ?? own[0];
      return writer === undefined ? [] : { ...leak, writer };
    });
  });
  const all = [...read.values()].filter((events) => events !== undefined);
  const those = (wanted: readonly Logged[]) => [...shown].flatMap(([name, is]) => (wanted.includes(is) ? name : []));
  return {
    ...common,
    found,
    groups: all.length,
    lines: all.flat().length,
    // Functions without a log group are up to another check.
    late: those(['late']),
    untold: those(['not told']),
    // Even a slow message may not have met it: it can have several conditions, or measure only a part.
    onlyIf: slow?.condition,
  };
}

const nothing = { found: [], groups: 0, lines: 0, late: [], untold: [] };
