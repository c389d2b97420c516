import { check, type Evidence, type Place, type Program, type Room, type Subject } from '../../checking/check.ts';
import { hasCustomResources, isDeclared, propertiesIn } from '../../observe/declared.ts';
import { observeFunctionLogs } from '../../observe/function-logs.ts';
import { openRoom } from '../../observe/room.ts';
import { observeTemplate } from '../../observe/template.ts';
import { inList } from '../among-ghosts.ts';
import { docs } from '../docs.ts';
import * as findings from './expiry.ts';
import { logGroupsOf, observeStageLogs } from './stage-logs.ts';

/** A log group of the room, and its retention. */
export interface Group {
  readonly name: string;
  /** The name of the function that writes to it, in sentences; `the stage` for the stage's, `the stack` for others. */
  readonly writer: string;
  /** The function's logical id, if the stack created it. */
  readonly logicalId?: string;
  /** Undefined if it keeps everything forever. */
  readonly days?: number;
  /** It doesn't exist yet: the first line creates it, without a retention. */
  readonly isMissing?: boolean;
  /** The retention was set manually in the account. */
  readonly byHand?: boolean;
  /** The stack creates the group. */
  readonly isOwn?: boolean;
}

export interface Observation {
  readonly room: Room;
  readonly groups: readonly Group[];
  /** The only line of the stack that says to keep everything. */
  readonly infinite?: Place | undefined;
}

/** Longer than this, a log is an archive, in days. */
const LONG = 365;

/** The writers of log groups that aren't a function's: of the stage's, and of others that the stack creates. */
const STAGE = 'the stage';
const STACK = 'the stack';

export const logsExpire = check<Observation>({
  id: 'logs-expire',
  title: 'Every log expires',
  needs: ['stranger-is-refused'],
  expected: 'Each log group of the functions, of the stage and of the stack has a retention.',
  async observe(subject) {
    const room = openRoom(subject);
    const [logs, stage, template] = await Promise.all([
      observeFunctionLogs(subject, room),
      observeStageLogs(subject, room),
      observeTemplate(subject),
    ]);
    const declared = propertiesIn(template);
    const writers = new Map<string, Pick<Group, 'writer' | 'logicalId'>>([
      ...logGroupsOf(subject).map(({ physicalId, logicalId }) => [physicalId, { writer: STACK, logicalId }] as const),
      ...stage.groups.map(({ group }) => [group, { writer: STAGE }] as const),
      ...logs.map(({ group, logicalId, called }) => [group, { writer: called, logicalId }] as const),
    ]);
    const groups: Group[] = [];
    for (const [name, writer] of writers) {
      const kept = await observeRetention(subject, name);
      // An execution log exists only if the stage writes one, or did.
      if (kept === undefined && stage.groups.some(({ group, kind }) => group === name && kind === 'execution log'))
        continue;
      // Nothing logs to it, so nothing creates it again.
      if (kept === undefined && writer.writer === STACK) continue;
      const own = logGroupsOf(subject).find(({ physicalId }) => physicalId === name);
      const isInTemplate = own !== undefined && isDeclared(declared[own.logicalId], 'RetentionInDays');
      // `logRetention` in the CDK is a custom resource that sets the retention of a log group of Lambda's.
      const byHand = !isInTemplate && !own?.stack && !hasCustomResources(subject.resources);
      groups.push({
        name,
        ...writer,
        isOwn: own !== undefined,
        days: kept?.days,
        isMissing: kept === undefined,
        byHand: byHand && kept?.days !== undefined,
      });
    }
    return { room, groups, infinite: infiniteIn(subject.program()) };
  },
  judge({ room, groups, infinite }) {
    const evidence: Evidence[] = [{ source: 'DescribeLogGroups', ...linesOf(groups) }];
    const forever = groups.filter(({ days }) => days === undefined);
    const [first] = forever;
    if (first !== undefined) {
      const at = first.writer === STAGE ? (room.stage ?? room.api) : (first.logicalId ?? room.api);
      const finding = first.writer === STAGE ? { finding: findings.ofStage } : {};
      const place = first.isOwn && isFromOneLine(groups) ? infinite : undefined;
      return { outcome: 'failed', actual: whatIsWrong(forever), evidence, at, place, settled: true, ...finding };
    }
    const byHand = groups.filter((group) => group.byHand);
    const long = groups.filter(({ days = 0 }) => days > LONG);
    const remark = [
      ...(byHand.length === 0
        ? []
        : [
            `The retention of ${inList(byHand.map(({ name }) => name))} was set manually in the account; a fresh deployment will lose it. Add it to stack.ts, and deploy.`,
          ]),
      ...(long.length === 0
        ? []
        : [
            `${inList(long.map(({ name }) => name))} ${long.length === 1 ? 'is' : 'are'} kept for more than a year. Does anybody read that?`,
          ]),
    ].join(' ');
    const days = [...new Set(groups.map((group) => group.days))];
    return {
      outcome: 'passed',
      actual:
        days.length === 1
          ? `Each of ${groups.length} log groups is kept for ${inDays(days[0])}.`
          : `Each of ${groups.length} log groups has a retention.`,
      evidence,
      byAbsence: true,
      ...(remark === '' ? {} : { remark }),
      ...(byHand.length === 0 ? {} : { byHand: true }),
    };
  },
  hints: [
    'What was logged today can still be read in ten years.',
    'Look at the log groups in the evidence: which of them has no retention? And which construct creates it?',
    "A log group keeps everything forever unless it has a retention. Log groups that a service creates have none: Lambda creates one if a function has no group of its own, and API Gateway creates one for a stage's execution log. Stored lines cost money every month, and expired lines can't leak.",
    'Give each function a log group with a retention, as `roomFunction` in stack.ts does:',
  ],
  findings: [findings.ofStage],
  docs: docs(
    '10-words-in-the-log',
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html',
  ),
});

/** Returns whether one line can be why groups of the stack keep everything: only one does, or each function's. */
function isFromOneLine(groups: readonly Group[]): boolean {
  const own = groups.filter(({ isOwn }) => isOwn);
  const forever = own.filter(({ days }) => days === undefined);
  const isOfFunction = ({ writer }: Group) => writer !== STACK && writer !== STAGE;
  return forever.length === 1 || (forever.every(isOfFunction) && forever.length === own.filter(isOfFunction).length);
}

/** Returns the line that makes a log group keep everything; undefined if there is no such line, or more than one. */
export function infiniteIn(program: Program | undefined): Place | undefined {
  const lines = program?.text.split('\n') ?? [];
  const found = lines.flatMap((line, index) =>
    /\bRetentionDays\.INFINITE\b|\b(?:retention:\s*Infinity|retentionInDays:\s*(?:undefined|Infinity))\b/.test(line) &&
    !/^\s*(?:\/\/|\*)/.test(line)
      ? index + 1
      : [],
  );
  const [line] = found;
  return program === undefined || line === undefined || found.length > 1 ? undefined : { file: program.file, line };
}

/** DescribeLogGroups: how long a group keeps its events; undefined if there is no such group. */
async function observeRetention(
  { target }: Pick<Subject, 'target'>,
  name: string,
): Promise<{ readonly days?: number } | undefined> {
  const [client, { paginateDescribeLogGroups }] = await Promise.all([
    target.clients.logs(),
    import('../../aws/sdk/logs.ts'),
  ]);
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix: name })) {
    const group = logGroups.find(({ logGroupName }) => logGroupName === name);
    if (group !== undefined) return { days: group.retentionInDays };
  }
  return undefined;
}

function whatIsWrong(forever: readonly Group[]): string {
  const [first] = forever;
  const others = forever.length === 1 ? '' : ` The same holds for ${forever.length - 1} more.`;
  if (first?.isMissing) {
    return `The log group ${first.name} of ${first.writer} doesn't exist. The first line creates it, without a retention.${others}`;
  }
  return `The log group ${first?.name} of ${first?.writer} has no retention: it keeps everything forever.${others}`;
}

function linesOf(groups: readonly Group[]): Pick<Evidence, 'lines' | 'marked'> {
  const lines = groups.map(
    ({ name, days, isMissing }) =>
      `${name}  ${isMissing ? "doesn't exist" : days === undefined ? 'kept forever' : inDays(days)}`,
  );
  const marked = groups.flatMap(({ days }, index) => (days === undefined ? index : []));
  return marked.length === 0 ? { lines } : { lines, marked };
}

function inDays(days = 0): string {
  return days === 1 ? '1 day' : `${days} days`;
}
