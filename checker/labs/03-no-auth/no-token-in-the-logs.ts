import { check, type Evidence, type Room, type Subject } from '../../checking/check.ts';
import { type FoundInLog, findInLog } from '../../observe/find-in-log.ts';
import { observeGate } from '../../observe/gate.ts';
import { untilLogged } from '../../observe/logged.ts';
import { openRoom } from '../../observe/room.ts';
import { observeRoutes } from '../../observe/routes.ts';
import { speakerOf } from '../../observe/sender.ts';
import { answers } from '../../probe/frames.ts';
import { RefusedError } from '../../probe/handshake.ts';
import { knock } from '../../probe/knock.ts';
import { saying, unheardOfAction } from '../../probe/sayings.ts';
import { untilQuiet } from '../../probe/until-quiet.ts';
import { type Ticket, visit } from '../../probe/visit.ts';
import { guests } from '../../sign-in/guests.ts';
import { redacted } from '../../sign-in/redacted.ts';
import { claimsOf } from '../../sign-in/tokens.ts';
import { docs } from '../docs.ts';
import { type Piece, piecesOf, type Token, uselessTokens, WITH } from './signed-tokens.ts';
import { observeStageLogs, type StageLogs } from './stage-logs.ts';

export interface Observation {
  readonly room: Room;
  readonly stage: StageLogs;
  /** Logs that contain a token, with the logical id of the function that wrote it. */
  readonly found: ReadonlyArray<FoundInLog & { readonly writer?: string } & Pick<Piece, 'kind' | 'isPart'>>;
  /** How many logs were searched. */
  readonly looked: number;
  /** Functions that were invoked when Ada connected or spoke but logged nothing in time. */
  readonly silent: readonly string[];
}

export const noTokenInTheLogs = check<Observation>({
  id: 'no-token-in-the-logs',
  title: 'No log contains a token',
  needs: ['signed-in-user-comes-in'],
  expected:
    "Ada connects with her ID token, and sends a message, an unknown action and a text that isn't JSON. Then she tries her access token, an expired token, and tokens of another client and another pool. None of these is in a log of the functions or the stage.",
  async observe(subject) {
    const room = openRoom(subject);
    const [{ ada }, stage, { connect, authorizer }, routes] = await Promise.all([
      subject.once(guests),
      observeStageLogs(subject, room),
      observeGate(subject, room),
      observeRoutes(subject, room),
    ]);
    const since = Date.now();
    const { username } = ada;
    const others = await uselessTokens(subject);
    const tokens = await ada.signIn();
    await speaksOnce(subject, room, { token: tokens.id, username });
    // A room that logs only what it rejects has the worse of the two in its log.
    const rejected: Token[] = [{ kind: 'access', token: tokens.access }, ...others];
    await knock(
      subject,
      room.address,
      rejected.map(({ kind, token }) => ({ kind: WITH[kind], label: 'Ada', token, username: nameIn(token, username) })),
    );
    // Only the function that decides runs for all of them, and one function can be behind all of them.
    const { functionName: speaker } = speakerOf(subject, room, routes);
    const fallback = routes.find(({ routeKey }) => routeKey === '$default')?.integration?.functionName;
    const runs = [
      ...[connect, authorizer?.functionName],
      ...rejected.map(() => authorizer?.functionName ?? connect),
      ...[speaker, fallback, fallback],
    ].filter((name) => name !== undefined);
    const called = [...new Set(runs)];
    const logged = await Promise.all(
      called.map((name) => untilLogged(subject, name, since, runs.filter((each) => each === name).length)),
    );
    const silent = called.filter((_, index) => !logged[index]);
    const writers = subject.resources.filter(({ type }) => type === 'AWS::Lambda::Function');
    const pieces = [...rejected.slice(0, 1), { kind: 'ID' as const, token: tokens.id }, ...others].flatMap(piecesOf);
    const wanted = { texts: pieces.map(({ text }) => text), since };
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
      // A function may have logged it in parts.
      const { text } = end.value;
      const line = redacted(end.value.line).replaceAll(text, '…(a token)');
      const { kind = 'ID', isPart = false } = { ...pieces.find((piece) => piece.text === text) };
      return [{ ...end.value, line, writer, kind, isPart }];
    });
    // If none of the readable logs has it, an unreadable one may.
    for (const end of ends) if (end.status === 'rejected' && found.length === 0) throw end.reason;
    return { room, stage, found, looked: logs.length, silent };
  },
  judge({ room, stage, found, looked, silent }) {
    const evidence: Evidence[] = found.map(({ logGroup, line, undone }) => ({
      source: 'log',
      about: logGroup,
      // Anyone can decode it, so this report doesn't repeat it.
      lines: [undone.length === 0 ? excerpt(redacted(line)) : `…(a token, encoded: ${undone.join(', ')})`],
    }));
    const [first] = found;
    if (first !== undefined) {
      const writer = first.writer === undefined ? 'The access log of the stage contains' : 'A function logs';
      return {
        outcome: 'failed',
        actual: `${writer} ${whatAnyoneCanDo(first)}`,
        evidence,
        at: first.writer ?? room.stage ?? room.api,
      };
    }
    if (stage.wholeRequests) {
      return {
        outcome: 'failed',
        actual: `The stage ${room.stageName} logs whole requests (\`dataTraceEnabled\`), including the URLs that people connect to, with their tokens.`,
        evidence: [{ source: 'GetStage', about: room.apiId, lines: ['DataTraceEnabled: true'] }],
        at: room.stage ?? room.api,
      };
    }
    return {
      outcome: 'passed',
      actual: `None of ${looked} logs contains one of them.`,
      evidence: [],
      ...(silent.length === 0
        ? {}
        : {
            remark: `${silent.join(' and ')} logged nothing when Ada connected and spoke, so nothing could be found there.`,
          }),
      at: room.stage ?? room.api,
    };
  },
  hints: [
    'A log contains the tokens that people connect with.',
    'The check names the log. What does the function, or the stage, log when somebody connects, or sends a message?',
    "Anyone with the token can act as its owner until it expires, and many people read logs, which are kept for a long time. Browsers can't send the token in a header, so it is in the URL. That's why nothing may log it: not the whole event of a handshake, not its query string, no error message that quotes the token. And an authorizer that returns the token in its `context` puts it into every later event.",
    'Remove the line that logs the event or the token, or log only what you need: the request id, the route. On the stage, leave `dataTraceEnabled` off.',
  ],
  docs: docs('03-no-auth', 'https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html'),
});

/**
 * Connects Ada and has her send a message, and two that are for `$default`: an authorizer can put the token into every
 * later event. Whether the room admits, hears or answers her is for other checks.
 */
async function speaksOnce(subject: Subject, { address }: Room, ticket: Ticket): Promise<void> {
  await visit(subject, address, async ({ join }) => {
    const ada = await join('Ada', { ...ticket, label: 'Ada, with her ID token,' });
    const text = saying();
    ada.say({ action: 'sendmessage', text });
    await ada.hears(answers(text));
    ada.say({ action: unheardOfAction(), text: saying() });
    ada.sendText(saying());
    // Their answers don't matter, but once she has left, API Gateway may invoke no function for them.
    await untilQuiet(subject, [ada]);
  }).catch((error: unknown) => {
    if (!(error instanceof RefusedError)) throw error;
  });
}

/** An access token has no name that the room uses. */
function nameIn(token: string, otherwise: string): string {
  return claimsOf(token)['cognito:username'] ?? otherwise;
}

function whatAnyoneCanDo({ kind, isPart, logGroup }: Observation['found'][number]): string {
  const what =
    kind === 'ID'
      ? 'the token that Ada used'
      : `${kind === 'access' ? 'the access token' : WITH[kind]} that Ada tried next`;
  const withRest = isPart ? 'with the rest of it, ' : '';
  return `${isPart ? 'part of ' : ''}${what} (${logGroup}): ${withRest}${RISK[kind]}`;
}

const RISK: Readonly<Record<Token['kind'], string>> = {
  ID: 'anyone who can read the log can connect as her until it expires.',
  access: "anyone who can read the log can change Ada's account until it expires.",
  expired: 'nobody can use that anymore, but the contract says that the query string is never logged.',
  'of another client': 'anyone who can read the log can use it there until it expires.',
  'of another pool': 'anyone who can read the log can use it there until it expires.',
};

/** Returns the part of a line around its first token: a logged event is long. */
function excerpt(line: string): string {
  const at = line.indexOf('…(a token)');
  const [from, to] = [Math.max(0, at - 100), at + 40];
  return `${from > 0 ? '…' : ''}${line.slice(from, to)}${to < line.length ? '…' : ''}`;
}
