import { check, type Evidence, type Room } from '../../checking/check.ts';
import { type FoundInLog, findInLog } from '../../observe/find-in-log.ts';
import { observeGate } from '../../observe/gate.ts';
import { untilLogged } from '../../observe/logged.ts';
import { openRoom } from '../../observe/room.ts';
import { knock } from '../../probe/knock.ts';
import { guests } from '../../sign-in/guests.ts';
import { redacted } from '../../sign-in/redacted.ts';
import { docs } from '../docs.ts';
import { observeStageLogs, type StageLogs } from './stage-logs.ts';

export interface Observation {
  readonly room: Room;
  readonly stage: StageLogs;
  /** Logs that have Ada's token, with the logical id of the function that wrote it. */
  readonly found: ReadonlyArray<FoundInLog & { readonly writer?: string }>;
  /** How many logs were looked through. */
  readonly looked: number;
  /** Functions that were called when Ada came, and whose logs do not say so in the time that logs take. */
  readonly silent: readonly string[];
}

export const noTokenInTheLogs = check<Observation>({
  id: 'no-token-in-the-logs',
  title: 'No log has a token in it',
  needs: ['signed-in-user-comes-in'],
  expected: "Ada's token is in the address that she came by, and in no log: neither of the functions nor of the stage.",
  async observe(subject) {
    const room = openRoom(subject);
    const [{ ada }, stage, { connect, authorizer }] = await Promise.all([
      subject.once(guests),
      observeStageLogs(subject, room),
      observeGate(subject, room),
    ]);
    const since = Date.now();
    const { username } = ada;
    const tokens = await ada.signIn();
    await knock(subject, room.address, [{ kind: 'her token', label: 'Ada', token: tokens.id, username }]);
    const called = [connect, authorizer?.functionName].filter((name) => name !== undefined);
    const logged = await Promise.all(called.map((name) => untilLogged(subject, name, since)));
    const silent = called.filter((_, index) => !logged[index]);
    const writers = subject.resources.filter(({ type }) => type === 'AWS::Lambda::Function');
    // Its end is enough to know a token by, and no other has it.
    const wanted = tokens.id.slice(-40);
    const logs: Array<{ logicalId?: string; find: Promise<FoundInLog | undefined> }> = [
      ...writers.map(({ logicalId, physicalId }) => ({
        logicalId,
        find: findInLog(subject, { functionName: physicalId }, wanted),
      })),
      ...(stage.accessLog === undefined ? [] : [{ find: findInLog(subject, { logGroup: stage.accessLog }, wanted) }]),
    ];
    const ends = await Promise.allSettled(logs.map(({ find }) => find));
    const found = ends.flatMap((end, index) => {
      if (end.status === 'rejected' || end.value === undefined) return [];
      const writer = logs[index]?.logicalId;
      // A function may have written it down in parts.
      const line = redacted(end.value.line).replaceAll(wanted, '…(a token)');
      return [{ ...end.value, line, ...(writer === undefined ? {} : { writer }) }];
    });
    // Where none has it of those that could be read, it may be in one that could not.
    for (const end of ends) if (end.status === 'rejected' && found.length === 0) throw end.reason;
    return { room, stage, found, looked: logs.length, silent };
  },
  judge({ room, stage, found, looked, silent }) {
    const evidence: Evidence[] = found.map(({ logGroup, line }) => ({
      source: 'log',
      about: logGroup,
      lines: [excerpt(redacted(line))],
    }));
    const [first] = found;
    if (first !== undefined) {
      const writer = first.writer === undefined ? 'The access log of the stage has' : 'A function writes down';
      return {
        outcome: 'failed',
        actual: `${writer} the token that Ada came with (${first.logGroup}): whoever may read the log can come in as her while it lives.`,
        evidence,
        at: first.writer ?? room.stage ?? room.api,
      };
    }
    if (stage.wholeRequests) {
      return {
        outcome: 'failed',
        actual: `The stage ${room.stageName} logs whole requests (\`dataTraceEnabled\`), and with them the address that people come by, with their token in it.`,
        evidence: [{ source: 'GetStage', about: room.apiId, lines: ['DataTraceEnabled: true'] }],
        at: room.stage ?? room.api,
      };
    }
    return {
      outcome: 'passed',
      actual: `None of ${looked} logs has it.`,
      evidence: [],
      ...(silent.length === 0
        ? {}
        : { remark: `${silent.join(' and ')} logged nothing when Ada came, so nothing could be found there.` }),
      at: room.stage ?? room.api,
    };
  },
  hints: [
    'A log has in it what people come in with.',
    'The check names the log. What does the function print, or what does the stage write down, when somebody comes?',
    'A token in the query of an address is as good as its owner until it expires, and logs are read by many and kept for long. That is the price of a browser that can send no header, and it is why nothing that touches the handshake may log it: not the event as a whole, not its query, no message of an error that quotes the token.',
    'Take the line away that prints the event or the token, or print what you need of it only: the request id, the route. On the stage, leave `dataTraceEnabled` off.',
  ],
  docs: docs('03-no-auth', 'https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html'),
});

/** The part of a line around its first token: an event that was printed as a whole is long. */
function excerpt(line: string): string {
  const at = line.indexOf('…(a token)');
  const [from, to] = [Math.max(0, at - 100), at + 40];
  return `${from > 0 ? '…' : ''}${line.slice(from, to)}${to < line.length ? '…' : ''}`;
}
