import { setTimeout as wait } from 'node:timers/promises';
import { explainFailure } from '../failures/failure.ts';
import type { Failure } from '../failures/failure-kinds.ts';
import type { AnyCheck, Judgement, Place, Result, Subject } from './check.ts';
import { withDeadline } from './with-deadline.ts';

/** What happens while checks run. */
export type Progress =
  | { readonly kind: 'started'; readonly check: AnyCheck }
  /** It failed, and is looked at again because a change may still be spreading. */
  | {
      readonly kind: 'again';
      readonly check: AnyCheck;
      /** What of AWS may still be spreading the change: `IAM`. */
      readonly waitsFor: string;
      /** Milliseconds that are left, of all that it may take. */
      readonly left: number;
      readonly of: number;
    }
  | { readonly kind: 'ended'; readonly result: Result }
  /** The learner's stack is written, to compare it with what is deployed. */
  | { readonly kind: 'comparing' };

export interface RunOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Milliseconds that only go forward. */
  readonly now?: () => number;
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** When changes have spread, by `now`; the target's time from the start of the checks unless given. */
  readonly isSpreadAt?: number;
  /** The longest that one look may take, in milliseconds: beyond it, the checker could not look. */
  readonly longest?: number;
}

/** Between two looks, in milliseconds of AWS's. */
export const PAUSE = 2_000;

/** In milliseconds. */
export const longestLook = 90_000;

/**
 * Runs checks in order of their needs and tells what became of each. A check that needs one that did not pass is
 * blocked; one whose observation rejects is broken; one that fails is looked at again until a look began after the
 * target's time to spread, which is one for all of them: what they look at was changed before the first. What failed
 * stays failed if the checker cannot look again. Rejects only when the subject's signal is aborted.
 */
export async function runChecks(
  checks: readonly AnyCheck[],
  subject: Subject,
  options: RunOptions = {},
): Promise<Result[]> {
  const { onProgress = () => {}, now = () => performance.now() } = options;
  const { isSpreadAt = now() + subject.target.spread } = options;
  const results = new Map<string, Result>();
  for (const check of inOrder(checks)) {
    subject.signal.throwIfAborted();
    onProgress({ kind: 'started', check });
    const by = check.needs.find((need) => results.get(need)?.status !== 'passed');
    const result =
      by === undefined
        ? await look(check, subject, isSpreadAt, options)
        : blocked(check, by, placeWhileBlocked(subject, results.get(by)));
    results.set(check.id, result);
    onProgress({ kind: 'ended', result });
  }
  return checks.flatMap(({ id }) => results.get(id) ?? []);
}

/** Each check after those that it needs; otherwise as they were listed. */
export function inOrder(checks: readonly AnyCheck[]): AnyCheck[] {
  const left = [...checks];
  const placed = new Set<string>();
  const order: AnyCheck[] = [];
  while (left.length > 0) {
    const index = left.findIndex(({ needs }) => needs.every((need) => placed.has(need)));
    const [check] = left.splice(index, index === -1 ? 0 : 1);
    if (check === undefined) {
      throw new Error(
        `These checks need each other, or one that is not there: ${left.map(({ id }) => id).join(', ')}.`,
      );
    }
    placed.add(check.id);
    order.push(check);
  }
  return order;
}

async function look(check: AnyCheck, subject: Subject, isSpreadAt: number, options: RunOptions): Promise<Result> {
  const { onProgress = () => {}, now = () => performance.now(), pause = forAMoment, longest = longestLook } = options;
  const { scale = 1, spread } = subject.target;
  const began = now();
  let seen: Failed | undefined;
  for (;;) {
    subject.signal.throwIfAborted();
    // A look that began earlier may have seen what was there before the change.
    const isLast = now() >= isSpreadAt;
    const looked = await lookOnce(check, subject, longest);
    if ('next' in looked) {
      if (seen !== undefined) return resultOf(check, seen, subject, now() - began);
      const { passing, ...failure } = looked;
      if (isLast || passing !== true) return { ...base(check, now() - began), status: 'broken', ...failure };
    } else if (looked.outcome === 'failed') {
      seen = looked;
      if (isLast || (looked.settled === true && isOld(subject))) return resultOf(check, looked, subject, now() - began);
    } else {
      return resultOf(check, looked, subject, now() - began);
    }
    const left = Math.max(0, isSpreadAt - now());
    onProgress({ kind: 'again', check, waitsFor: seen?.waitsFor ?? 'AWS', left, of: spread });
    await pause(Math.min(PAUSE / scale, left), subject.signal);
  }
}

/** Whether the stack's last change has reached every reader: until then, what is missing may only not be seen yet. */
function isOld({ stack, target }: Subject): boolean {
  return !stack.deployed || Date.now() >= stack.changedAt + target.spread;
}

type Failed = Extract<Judgement, { outcome: 'failed' }>;

/** What a check makes of what it sees now, or why it cannot look. */
async function lookOnce(
  check: AnyCheck,
  subject: Subject,
  longest: number,
): Promise<Exclude<Judgement, { outcome: 'inconclusive' }> | Failure> {
  try {
    const judgement = check.judge(await withDeadline(longest, check.observe(subject)));
    return judgement.outcome === 'inconclusive' ? { reason: judgement.reason, next: judgement.next } : judgement;
  } catch (error) {
    subject.signal.throwIfAborted();
    return explainFailure(error, subject.target);
  }
}

function resultOf(
  check: AnyCheck,
  judgement: Exclude<Judgement, { outcome: 'inconclusive' }>,
  subject: Subject,
  duration: number,
): Result {
  const common = base(check, duration);
  if (judgement.outcome === 'pending') {
    return { ...common, status: 'pending', until: judgement.until.toISOString(), reason: judgement.reason };
  }
  const line = judgement.outcome === 'failed' ? judgement.place : undefined;
  const place = line ?? (judgement.at === undefined ? undefined : subject.locate(judgement.at));
  const { actual, evidence } = judgement;
  const seen = { actual, evidence, place };
  if (judgement.outcome === 'failed') {
    const { finding } = judgement;
    return { ...common, status: 'failed', ...seen, ...(finding === undefined ? {} : { finding }) };
  }
  return {
    ...common,
    status: 'passed',
    ...seen,
    ...(judgement.remark === undefined ? {} : { remark: judgement.remark }),
    ...(judgement.byHand === true ? { byHand: true } : {}),
  };
}

function blocked(check: AnyCheck, by: string, place: Place | undefined): Result {
  return { ...base(check, 0), status: 'blocked', by, ...(place === undefined ? {} : { place }) };
}

/** Where the thing stands that a check waits for; where that is not told, the room's API. */
function placeWhileBlocked({ room, locate }: Subject, blocker: Result | undefined): Place | undefined {
  if (blocker !== undefined && 'place' in blocker) return blocker.place;
  return 'api' in room ? locate(room.api) : undefined;
}

function base({ id, title, expected, docs }: AnyCheck, duration: number) {
  return { id, title, expected, docs, duration: Math.round(duration) };
}

/** Waits a moment. Rejects once the signal is aborted. */
export async function forAMoment(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal });
}
