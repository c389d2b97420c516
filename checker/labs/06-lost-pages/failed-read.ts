import type { Finding, Room, Subject } from '../../checking/check.ts';
import { untilAllEnded } from '../../observe/runs.ts';
import {
  type AmongGhosts,
  firstTold,
  type Living,
  missedBy,
  type Said,
  saidTo,
  speakToTheEnd,
  textsHeard,
} from '../../probe/among-ghosts.ts';
import { limitReads } from '../../probe/limit-reads.ts';
import { tablesOf } from '../../probe/rows.ts';
import { saying } from '../../probe/sayings.ts';
import { isStack, withoutComments } from '../../probe/source-words.ts';
import { untilQuiet } from '../../probe/until-quiet.ts';
import { inList } from '../among-ghosts.ts';
import { postsAlone } from '../posts-alone.ts';
import * as findings from './findings.ts';

/** A message while reads of the table failed. */
export interface FailedRead extends Said, Pick<AmongGhosts, 'told'> {
  /** The name of the error with which they failed. */
  readonly error: string;
  /** Whether another function than the sender's can post, so the sender may not hear of an error. */
  readonly mayBeOthers?: boolean;
}

/**
 * Somebody sends a message while each read returns a single row, and all reads of each table fail from the second on: a
 * function can read a page again. They say another one for each further error that the handlers may treat differently,
 * until one is hidden. For accounts that can limit reads.
 */
export async function speakPastFailedRead(
  subject: Subject,
  room: Room,
  people: readonly [Living, ...Living[]],
): Promise<FailedRead> {
  const [first, ...more] = readErrorsIn(subject.sources());
  let said = await speakPast(subject, room, people, first);
  for (const error of more) {
    if (isHidden(said)) break;
    said = await speakPast(subject, room, people, error);
  }
  return said;
}

async function speakPast(
  subject: Subject,
  room: Room,
  people: readonly [Living, ...Living[]],
  error: string,
): Promise<FailedRead> {
  const [speaker] = people;
  const limits = await limitReads(subject, tablesOf(subject), { items: 1, failsFrom: 2, error });
  const earlier = textsHeard(people);
  const since = people.map(({ person }) => person.heard.length);
  const text = saying();
  await speakToTheEnd(subject, speaker, people, text).finally(limits.end);
  const seen = (): FailedRead => ({ ...saidTo(speaker, people, text, earlier), error, told: firstTold(people, since) });
  if (!isHidden(seen())) return seen();
  await untilAllEnded(subject);
  await untilQuiet(
    subject,
    people.map(({ person }) => person),
  );
  return isHidden(seen()) ? { ...seen(), mayBeOthers: !(await postsAlone(subject, room)) } : seen();
}

/** Whether somebody missed the message, and nobody knows. A room that reads the page again is right, too. */
function isHidden({ told, heard }: Pick<FailedRead, 'told' | 'heard'>): boolean {
  return told === undefined && missedBy({ heard }).length > 0;
}

/** What a handler can name to treat an error of a read differently, and the error that DynamoDB then answers with. */
const READ_ERRORS = [
  [/Throughput|Throttl/, 'ProvisionedThroughputExceededException'],
  [/InternalServerError/, 'InternalServerError'],
] as const;

/**
 * Returns the errors with which reads should fail, one after the other: one that nobody expects and SDKs don't try again,
 * and those that these handlers name.
 */
export function readErrorsIn(sources: readonly string[]): readonly [string, ...string[]] {
  const handlers = sources.filter((source) => !isStack(source)).map(withoutComments);
  const named = READ_ERRORS.filter(([pattern]) => handlers.some((source) => pattern.test(source)));
  return ['ValidationException', ...named.map(([, error]) => error)];
}

/** Says that the room took a page that it couldn't read for the last one; undefined if it didn't. */
export function wrongFailedRead(said: FailedRead): { actual: string; finding: Finding } | undefined {
  if (!isHidden(said) || said.mayBeOthers) return undefined;
  return {
    actual: `Everyone got all messages so far. Then the practice account let all reads of the table but the first fail with ${/^[AEIOU]/.test(said.error) ? 'an' : 'a'} ${said.error}. ${said.speaker} sent a message and got no error, though ${inList(missedBy(said))} didn't get it.`,
    finding: findings.failedRead,
  };
}
