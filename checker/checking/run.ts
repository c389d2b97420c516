import { setTimeout as wait } from 'node:timers/promises';
import { explainFailure } from '../failures/failure.ts';
import type { Failure } from '../failures/failure-kind.ts';
import type { AnyCheck, Judgement, Place, Subject } from './check.ts';
import { inOrder, neededBy } from './order.ts';
import type { Result } from './result.ts';
import { withDeadline } from './with-deadline.ts';

/** Events while checks run. */
export type Progress =
  /** Another process checks the same lab. */
  | { readonly kind: 'waiting'; readonly pid: string }
  | { readonly kind: 'started'; readonly check: AnyCheck }
  /** It will be retried, because a change may still be spreading. */
  | {
      readonly kind: 'again';
      readonly check: AnyCheck;
      /** The AWS service that may still be spreading the change: `IAM`. */
      readonly waitsFor: string;
      /** Milliseconds that are left, out of the total. */
      readonly left: number;
      readonly of: number;
      /** Whether it passes so far, and lists may not show every change yet. */
      readonly passes?: boolean;
    }
  | { readonly kind: 'ended'; readonly result: Result }
  /** The learner's stack is being written, to compare it with what is deployed. */
  | { readonly kind: 'comparing' };

export interface RunOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Milliseconds on a monotonic clock. */
  readonly now?: () => number;
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** When changes have spread, on the clock `now`; by default, the target's spreading time after the checks start. */
  readonly isSpreadAt?: number;
  /** The longest that one observation may take, in milliseconds; after that, the checker could not look. */
  readonly longest?: number;
}

/** Between two observations, in AWS milliseconds. */
export const PAUSE = 2_000;

/** How many more observations are tried if AWS throttles the last one. */
const MORE = 2;

/** In milliseconds. */
export const longestLook = 90_000;

/**
 * The fraction of a target's spreading time after which its lists show every change. A stack's last-changed time
 * doesn't help: CloudFormation reports when a deployment began, and manual changes are in no stack.
 */
const UNTIL_LISTED = 1 / 4;

/**
 * Runs checks in the order of their needs and returns their results. A check that needs one that did not pass is
 * blocked. One whose observation rejects is broken. One that fails is retried until an observation began after the
 * target's spreading time, which all checks share, since the changes came before the first of them. So is one that
 * doesn't find something. If the last one is throttled, a few more are tried. One that passes by absence is looked at
 * again once lists show every change. A failed check stays failed if the checker can't look again. The checks that it
 * needs are looked at again, if they passed so early that they may have seen the state before the changes. Rejects only
 * when the subject's signal is aborted.
 */
export async function runChecks(
  checks: readonly AnyCheck[],
  subject: Subject,
  options: RunOptions = {},
): Promise<Result[]> {
  const { onProgress = () => {}, now = () => performance.now() } = options;
  const { isSpreadAt = now() + subject.target.spread } = options;
  const ordered = inOrder(checks);
  const results = new Map<string, Result>();
  const lookedAt = new Map<string, number>();
  const lookAt = (check: AnyCheck): Promise<Result> => {
    lookedAt.set(check.id, now());
    return look(check, subject, isSpreadAt, options);
  };
  const blockedNow = (check: AnyCheck): Result | undefined => {
    const by = check.needs.find((need) => results.get(need)?.status !== 'passed');
    return by === undefined ? undefined : blocked(check, by, placeWhileBlocked(subject, results.get(by)));
  };
  const lookAgain = async (needed: AnyCheck): Promise<Result | undefined> => {
    if ((lookedAt.get(needed.id) ?? isSpreadAt) >= isSpreadAt) return undefined;
    onProgress({ kind: 'started', check: needed });
    const result = await lookAt(needed);
    return result.status === 'failed' ? result : undefined;
  };
  for (const check of ordered) {
    subject.signal.throwIfAborted();
    onProgress({ kind: 'started', check });
    let result = blockedNow(check) ?? (await lookAt(check));
    if (result.status === 'failed' && now() >= isSpreadAt) {
      const needs = neededBy(check, checks);
      for (const needed of ordered.filter(({ id }) => needs.has(id))) {
        const changed = await lookAgain(needed);
        if (changed !== undefined) results.set(needed.id, changed);
      }
      for (const earlier of ordered.filter(({ id }) => results.has(id))) {
        results.set(earlier.id, blockedNow(earlier) ?? results.get(earlier.id) ?? result);
      }
      result = blockedNow(check) ?? result;
    }
    results.set(check.id, result);
    onProgress({ kind: 'ended', result });
  }
  return checks.flatMap(({ id }) => results.get(id) ?? []);
}

async function look(check: AnyCheck, subject: Subject, isSpreadAt: number, options: RunOptions): Promise<Result> {
  const { onProgress = () => {}, now = () => performance.now(), pause = forAMoment, longest = longestLook } = options;
  const { scale = 1, spread } = subject.target;
  const began = now();
  const listedAt = isSpreadAt - spread * (1 - UNTIL_LISTED);
  let seen: Failed | undefined;
  let more = spread === 0 ? 0 : MORE;
  for (;;) {
    subject.signal.throwIfAborted();
    // An earlier observation may have seen the state before the change.
    const lookedAt = now();
    const isLast = lookedAt >= isSpreadAt;
    const isListed = !subject.stack.deployed || lookedAt >= listedAt;
    const looked = await lookOnce(check, subject, longest);
    if ('next' in looked) {
      const { passing, ...failure } = looked;
      // Something new isn't visible everywhere at once.
      const isNew = failure.notFound === true && !isLast;
      if (!isNew && (passing !== true || (isLast && more === 0))) {
        return seen === undefined
          ? { ...base(check, now() - began), status: 'broken', ...failure }
          : resultOf(check, seen, subject, now() - began);
      }
      if (isLast) more -= 1;
    } else if (looked.outcome === 'failed') {
      seen = looked;
      if (isLast || (looked.settled === true && isListed)) return resultOf(check, looked, subject, now() - began);
    } else if (looked.outcome === 'passed' && looked.byAbsence === true && !isListed) {
      seen = undefined;
      const left = Math.max(0, listedAt - now());
      onProgress({ kind: 'again', check, waitsFor: 'AWS', left, of: spread * UNTIL_LISTED, passes: true });
      await pause(left, subject.signal);
      continue;
    } else {
      return resultOf(check, looked, subject, now() - began);
    }
    const left = Math.max(0, isSpreadAt - now());
    onProgress({ kind: 'again', check, waitsFor: seen?.waitsFor ?? 'AWS', left, of: spread });
    await pause(isLast ? PAUSE / scale : Math.min(PAUSE / scale, left), subject.signal);
  }
}

type Failed = Extract<Judgement, { outcome: 'failed' }>;

/** Returns a check's conclusion from what it sees now, or why it can't look. */
async function lookOnce(
  check: AnyCheck,
  subject: Subject,
  longest: number,
): Promise<Exclude<Judgement, { outcome: 'inconclusive' }> | Failure> {
  try {
    const judgement = check.judge(
      await withDeadline(
        longest,
        subject.remembering(() => check.observe(subject)),
      ),
    );
    if (judgement.outcome !== 'inconclusive') return judgement;
    const { reason, next, passing = false } = judgement;
    return { reason, next, ...(passing ? { passing } : {}) };
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
    return {
      ...common,
      status: 'failed',
      ...seen,
      finding: judgement.finding,
      ...(judgement.settled === true ? { settled: true } : {}),
    };
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

/** Returns the place of the check that another waits for; if it has none, the room's API. */
function placeWhileBlocked({ room, locate }: Subject, blocker: Result | undefined): Place | undefined {
  const place = blocker !== undefined && 'place' in blocker ? blocker.place : undefined;
  return place ?? ('api' in room ? locate(room.api) : undefined);
}

function base({ id, title, expected, docs }: AnyCheck, duration: number) {
  return { id, title, expected, docs, duration: Math.round(duration) };
}

/** Waits. Rejects once the signal is aborted. */
export async function forAMoment(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal });
}
