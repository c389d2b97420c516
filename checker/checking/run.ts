import { setTimeout as wait } from 'node:timers/promises';
import { explainFailure } from '../failures/failure.ts';
import type { AnyCheck, Judgement, Place, Result, Subject } from './check.ts';
import { within } from './within.ts';

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
  /** The longest that one look may take, in milliseconds: beyond it, the checker could not look. */
  readonly longest?: number;
}

const PAUSE = 2_000;

/** In milliseconds. */
export const longestLook = 90_000;

/**
 * Runs checks in order of their needs and tells what became of each. A check that needs one that did not pass is
 * blocked; one whose observation rejects is broken; one that fails is looked at again until the target's time to
 * spread is over, which is one for all of them: what they look at was changed before the first. Rejects only when the subject's signal is aborted.
 */
export async function runChecks(
  checks: readonly AnyCheck[],
  subject: Subject,
  options: RunOptions = {},
): Promise<Result[]> {
  const { onProgress = () => {}, now = () => performance.now() } = options;
  const isSpreadAt = now() + subject.target.spread;
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
  const began = now();
  for (;;) {
    subject.signal.throwIfAborted();
    let judgement: Judgement;
    try {
      judgement = check.judge(await within(longest, check.observe(subject)));
    } catch (error) {
      subject.signal.throwIfAborted();
      return { ...base(check, now() - began), status: 'broken', ...explainFailure(error, subject.target) };
    }
    const left = isSpreadAt - now();
    if (judgement.outcome !== 'failed' || judgement.settled === true || left <= 0) {
      return resultOf(check, judgement, subject, now() - began);
    }
    onProgress({ kind: 'again', check, waitsFor: judgement.waitsFor ?? 'AWS', left, of: subject.target.spread });
    await pause(Math.min(PAUSE, left), subject.signal);
  }
}

function resultOf(check: AnyCheck, judgement: Judgement, subject: Subject, duration: number): Result {
  const common = base(check, duration);
  if (judgement.outcome === 'pending') {
    return { ...common, status: 'pending', until: judgement.until.toISOString(), reason: judgement.reason };
  }
  if (judgement.outcome === 'inconclusive') {
    return { ...common, status: 'broken', reason: judgement.reason, next: judgement.next };
  }
  const line = judgement.outcome === 'failed' ? judgement.place : undefined;
  const place = line ?? (judgement.at === undefined ? undefined : subject.locate(judgement.at));
  const { actual, evidence } = judgement;
  const seen = { actual, evidence, ...(place === undefined ? {} : { place }) };
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

async function forAMoment(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal });
}
