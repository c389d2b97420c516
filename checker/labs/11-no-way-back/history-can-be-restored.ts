import { check, type Evidence, type Room } from '../../checking/check.ts';
import { propertiesIn } from '../../observe/declared.ts';
import { openRoom } from '../../observe/room.ts';
import { observeTemplate } from '../../observe/template.ts';
import { assumptions } from '../../scale/cost-of-message.ts';
import { prices } from '../../scale/prices.ts';
import { docs } from '../docs.ts';
import * as findings from './findings.ts';
import { observeTables, type RecoverableTable } from './recoverable-tables.ts';
import { whereMessagesAre } from './where-messages-are.ts';

export interface Observation {
  readonly room: Room;
  /** The stack's tables. */
  readonly tables: readonly RecoverableTable[];
  /** The names of those that messages are written to. */
  readonly remembering: readonly string[];
  /** The logical ids of those for which the deployed template asks for recovery. */
  readonly declared: readonly string[];
}

/** Somebody has to notice that something is gone: after a holiday, that takes a week. */
export const LEAST_DAYS = 7;

export const historyCanBeRestored = check<Observation>({
  id: 'history-can-be-restored',
  title: 'The history can be restored',
  needs: ['newcomers-get-the-history'],
  expected: `The table with the messages has point-in-time recovery, which goes back ${LEAST_DAYS} days or more.`,
  async observe(subject) {
    const room = openRoom(subject);
    const [remembering, tables, template] = await Promise.all([
      whereMessagesAre(subject, room),
      observeTables(subject),
      observeTemplate(subject),
    ]);
    const declared = Object.entries(propertiesIn(template)).flatMap(([logicalId, properties]) =>
      asksForRecovery(properties) ? logicalId : [],
    );
    return { room, tables, remembering, declared };
  },
  judge({ room, tables, remembering, declared }) {
    const messages = tables.filter(({ name }) => remembering.includes(name));
    const evidence = tables.map((table) => evidenceOf(table, remembering));
    const [first] = messages;
    if (first === undefined) {
      return {
        outcome: 'failed',
        actual: 'Somebody said something, everyone there heard it, and no table of the stack has it.',
        evidence,
        at: room.api,
      };
    }
    const off = messages.find(({ days }) => days === undefined);
    if (off !== undefined) {
      const elsewhere = tables.some(({ days }) => days !== undefined);
      return {
        outcome: 'failed',
        actual: `The table ${off.name} has what people said, and no point-in-time recovery. Whatever is deleted or overwritten there is gone.`,
        evidence,
        at: off.logicalId,
        settled: true,
        ...(elsewhere ? { finding: findings.anotherTable } : {}),
      };
    }
    const short = messages.find(({ days = 0 }) => days < LEAST_DAYS);
    if (short !== undefined) {
      return {
        outcome: 'failed',
        actual: `The table ${short.name} can be restored to any second of the last ${inDays(short.days)}, and not before. After a week's holiday, it's too late.`,
        evidence,
        at: short.logicalId,
        settled: true,
        finding: findings.tooShort,
      };
    }
    const byHand = messages.some(({ logicalId }) => !declared.includes(logicalId));
    return {
      outcome: 'passed',
      actual: `The table ${first.name} can be restored to any second of the last ${inDays(first.days)}.`,
      evidence,
      at: first.logicalId,
      remark: [
        ...(byHand ? [BY_HAND] : []),
        ...(messages.some(({ isProtected }) => isProtected) ? [PROTECTED] : []),
        COST,
      ].join(' '),
      ...(byHand ? { byHand } : {}),
    };
  },
  hints: [
    'On Friday somebody deleted the history of a channel. Nobody can bring it back, because nothing keeps what the table was before.',
    'Look at the table with the messages in stack.ts, and at what AWS says: `aws dynamodb describe-continuous-backups`. `npx lab check 11` shows it.',
    'DynamoDB keeps each change to a table that has point-in-time recovery, for up to 35 days, and can restore the table as it was at any second of them, into a new table. It keeps nothing from before recovery was enabled, so enabling it after the accident is too late.',
    'The messages table in stack.ts, with recovery:',
  ],
  findings: [findings.anotherTable, findings.tooShort],
  docs: docs(
    '11-no-way-back',
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html',
  ),
});

const BY_HAND =
  'Recovery is enabled in the account, and not in the stack: a fresh deployment has none. Write it in stack.ts, and deploy.';
const PROTECTED =
  'The table also has deletion protection. Nobody deletes it by mistake then, and `npx lab destroy 11` fails until you disable it.';
const GIGABYTE = 1024 ** 3;
const MESSAGES = 1_000_000;
const COST = `Recovery costs ${dollars(prices.recovery.dollars)} a month for each GB. A million messages are ${dollars((MESSAGES * assumptions.messageBytes * prices.recovery.dollars) / GIGABYTE)} of it.`;

function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}

function inDays(days = 0): string {
  return days === 1 ? 'day' : `${days} days`;
}

/** Returns whether a table's properties ask for recovery; those of a global table do for each replica. */
function asksForRecovery({ PointInTimeRecoverySpecification, Replicas = [] }: TableProperties): boolean {
  return [{ PointInTimeRecoverySpecification }, ...Replicas].some(
    (each) => String(each.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled) === 'true',
  );
}

interface TableProperties {
  readonly PointInTimeRecoverySpecification?: { readonly PointInTimeRecoveryEnabled?: unknown } | undefined;
  readonly Replicas?: readonly TableProperties[];
}

function evidenceOf({ name, days }: RecoverableTable, remembering: readonly string[]): Evidence {
  const isOfMessages = remembering.includes(name);
  const status = days === undefined ? 'DISABLED' : `ENABLED, RecoveryPeriodInDays: ${days}`;
  const lines = [`PointInTimeRecoveryStatus: ${status}`, ...(isOfMessages ? ['has what people said'] : [])];
  return { source: 'DescribeContinuousBackups', about: name, lines, ...(isOfMessages ? { marked: [0] } : {}) };
}
