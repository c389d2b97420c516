import { check, type Evidence, type Room } from '../../checking/check.ts';
import { hasCustomResources, isDeclared, propertiesIn } from '../../observe/declared.ts';
import { openRoom } from '../../observe/room.ts';
import { observeRoutes } from '../../observe/routes.ts';
import { speakerOf } from '../../observe/sender.ts';
import { inOwnRegion } from '../../observe/tables.ts';
import { observeTemplate } from '../../observe/template.ts';
import { assumptions } from '../../scale/cost-of-message.ts';
import { prices } from '../../scale/prices.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { twoChannels } from '../../sign-in/two-channels.ts';
import { docs } from '../docs.ts';
import * as findings from './findings.ts';
import { readByHistory } from './read-by-history.ts';
import { observeTables, type RecoverableTable } from './recoverable-tables.ts';
import { whereMessagesAre } from './where-messages-are.ts';

export interface Observation {
  readonly room: Room;
  /** The stack's tables. */
  readonly tables: readonly RecoverableTable[];
  /** The names of the tables with messages, from which the room reads the history. */
  readonly remembering: readonly string[];
  /** The names of the tables that say who sent the messages, if those with the messages don't. */
  readonly authors?: readonly string[];
  /** A channel whose messages are in no table. */
  readonly unstored?: string;
  /** The logical id of the sending function, if the stack created it. */
  readonly speaks?: string | undefined;
  /** The logical ids of the tables with recovery in the deployed template, and of those that may have it. */
  readonly declared: readonly string[];
}

/** Somebody has to notice the loss: after a holiday, that takes a week. */
export const LEAST_DAYS = 7;

function isRecoverable({ days = 0 }: RecoverableTable): boolean {
  return days >= LEAST_DAYS;
}

/** The property that enables recovery. */
const RECOVERY = ['PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled'] as const;

export const historyCanBeRestored = check<Observation>({
  id: 'history-can-be-restored',
  title: 'The history can be restored',
  needs: ['newcomers-get-the-history'],
  expected: `The table with the messages has point-in-time recovery of at least ${LEAST_DAYS} days.`,
  async observe(subject) {
    const room = openRoom(subject);
    const [ticketOf, { ticket, names }] = [await tickets(subject), await subject.once(twoChannels)];
    const [stored, tables, template] = await Promise.all([
      whereMessagesAre(subject, room, [() => ticketOf('Ada'), () => ticket('Ada')]),
      observeTables(subject),
      observeTemplate(subject),
    ]);
    const isCustom = hasCustomResources(subject.resources);
    const declared = Object.entries(propertiesIn(template)).flatMap(([logicalId, properties]) =>
      isCustom || isDeclared(inOwnRegion(properties, subject.target.region), ...RECOVERY) ? logicalId : [],
    );
    const storing = tables.filter(({ name }) => stored.some((said) => said.tables.includes(name)));
    const isSame = new Set(storing.map(isRecoverable)).size < 2;
    const all = storing.map(({ name }) => name);
    const remembering = isSame ? all : await readByHistory(subject, room, stored, all);
    const authors = stored.flatMap((said) => said.authors);
    const unstored = ['general', names[0]].find((_, index) => stored[index]?.tables.length === 0);
    const { logicalId: speaks } = speakerOf(subject, room, await observeRoutes(subject, room));
    return { room, tables, remembering, authors, declared, unstored, speaks };
  },
  judge({ room, tables, remembering, authors = [], declared, unstored, speaks }) {
    const messages = tables.filter(({ name }) => remembering.includes(name));
    const evidence = tables.map((table) => evidenceOf(table, remembering));
    const [first] = messages;
    if (first === undefined || unstored !== undefined) {
      const where = unstored === undefined ? '' : ` in the channel "${unstored}"`;
      return {
        outcome: 'failed',
        actual: `Somebody sent a message${where}, but no table of the stack has its text, plain or compressed.`,
        evidence,
        at: speaks ?? room.api,
        finding: findings.outsideTheStack,
      };
    }
    const off = messages.find(({ days }) => days === undefined);
    if (off !== undefined) {
      const elsewhere = tables.some(({ days }) => days !== undefined);
      return {
        outcome: 'failed',
        actual: `The table ${off.name} has the messages, but no point-in-time recovery. Deleted or overwritten items are gone for good.`,
        evidence,
        at: off.logicalId,
        settled: true,
        finding: elsewhere ? findings.anotherTable : undefined,
      };
    }
    const short = messages.find((table) => !isRecoverable(table));
    if (short !== undefined) {
      return {
        outcome: 'failed',
        actual: `The table ${short.name} can be restored to any second of the last ${lastDays(short.days)}, but not before. After a week's holiday, it's too late.`,
        evidence,
        at: short.logicalId,
        settled: true,
        finding: findings.tooShort,
      };
    }
    const nameless = tables.find((table) => authors.includes(table.name) && !isRecoverable(table));
    if (nameless !== undefined) {
      return {
        outcome: 'failed',
        actual: `The table ${first.name} has the messages, and the table ${nameless.name} says who sent them, but it can't be restored. Without it, nobody knows who said what.`,
        evidence,
        at: nameless.logicalId,
        settled: true,
        finding: findings.anotherTable,
      };
    }
    const byHand = messages.some(({ logicalId, isElsewhere }) => !isElsewhere && !declared.includes(logicalId));
    return {
      outcome: 'passed',
      actual: `The table ${first.name} can be restored to any second ${sinceEnabled(first.days)}.`,
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
    "On Friday, somebody deleted a channel's history. Nobody can restore it, because nothing keeps earlier states of the table.",
    'Look at the messages table in stack.ts, and at the answer of `aws dynamodb describe-continuous-backups`: `npx lab check 11` shows it.',
    'If a table has point-in-time recovery, DynamoDB keeps all changes for up to 35 days, and can restore the table to any second in that period, as a new table. It keeps nothing from before recovery was enabled, so enabling it after the accident is too late.',
    'The messages table in stack.ts, with recovery:',
  ],
  findings: [findings.anotherTable, findings.tooShort, findings.outsideTheStack],
  docs: docs(
    '11-no-way-back',
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html',
  ),
});

const BY_HAND =
  'Recovery was enabled manually in the account; a fresh deployment will lose it. Add it to stack.ts, and deploy.';
const PROTECTED =
  'The table also has deletion protection. Nobody can delete it by mistake, but `npx lab destroy 11` fails until you disable it.';
const GIGABYTE = 1024 ** 3;
const MESSAGES = 1_000_000;
const COST = `Recovery costs ${dollars(prices.recovery.dollars)} per GB-month. For a million messages, that is ${dollars((MESSAGES * assumptions.messageBytes * prices.recovery.dollars) / GIGABYTE)} a month.`;

function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}

function lastDays(days = 0): string {
  return days === 1 ? 'day' : `${days} days`;
}

/** Says how far back a recovery goes: it keeps nothing from before it was enabled. */
export function sinceEnabled(days: number | undefined): string {
  return `since recovery was enabled, up to ${days} days back`;
}

function evidenceOf({ name, days }: RecoverableTable, remembering: readonly string[]): Evidence {
  const isOfMessages = remembering.includes(name);
  const status = days === undefined ? 'DISABLED' : `ENABLED, RecoveryPeriodInDays: ${days}`;
  const lines = [`PointInTimeRecoveryStatus: ${status}`, ...(isOfMessages ? ['has the messages'] : [])];
  return { source: 'DescribeContinuousBackups', about: name, lines, ...(isOfMessages ? { marked: [0] } : {}) };
}
