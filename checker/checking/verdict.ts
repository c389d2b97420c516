import type { Target } from '../aws/target.ts';
import { exitCode } from '../failures/errors.ts';
import { explainFailure } from '../failures/failure.ts';
import { hasEnded } from '../observe/has-ended.ts';
import { labFolder as learnersFolder } from '../workshop/lab-files.ts';
import type { Drift, Lab, Result, Subject, Verdict } from './check.ts';
import { driftInWords, observeDrift, observeTampering, type Synthesize } from './drift.ts';
import { forAMoment, longestLook, PAUSE, type RunOptions, runChecks } from './run.ts';
import { type OpenSubject, openSubject, type SubjectOptions } from './subject.ts';
import { within } from './within.ts';

export interface CheckLabOptions extends RunOptions {
  readonly root: string;
  readonly lab: Lab;
  readonly target: Target;
  readonly signal: AbortSignal;
  /** The folder with the learner's files; `labs/<id>` unless said otherwise. */
  readonly labFolder?: string;
  /** Writes the learner's stack, to compare it with what is deployed; without it, only notes of deployments are asked. */
  readonly synthesize?: Synthesize;
  /** Told of what is looked at once it was read, where it could be. */
  readonly onSubject?: (subject: Subject) => void;
}

/**
 * Looks at one lab as it is deployed and says what became of it. What the account does not tell is in the verdict
 * as `broken`; rejects only when interrupted. What the checks brought is taken away before it resolves or rejects.
 */
export async function checkLab(options: CheckLabOptions): Promise<Verdict> {
  const { root, lab, target, signal, labFolder = learnersFolder(root, lab.id) } = options;
  signal.throwIfAborted();
  const { now = () => performance.now(), pause = forAMoment, longest = longestLook } = options;
  const isSpreadAt = now() + target.spread;
  const left = () => Math.max(0, isSpreadAt - now());
  const open = await openWhenThere({ root, labFolder, lab: lab.id, target, signal }, { left, pause, longest }).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      return explainFailure(error, target);
    },
  );
  if ('reason' in open) return verdictOf(lab, target, brokenBy(lab, open));
  try {
    const { subject } = open;
    options.onSubject?.(subject);
    const checks = await runChecks(lab.checks, subject, { ...options, isSpreadAt });
    const verdict = verdictOf(lab, target, checks, subject);
    const isGone = await within(options.longest ?? longestLook, hasEnded(subject), signal).catch(() => false);
    signal.throwIfAborted();
    // What was found before is shown, and is no verdict: it was not looked at as a whole, or not by the end.
    if (isGone && verdict.status !== 'not deployed') {
      const remark = `${target.title.charAt(0).toUpperCase()}${target.title.slice(1)} ended during the check. Check again.`;
      return { ...verdict, status: 'broken', remark };
    }
    if (verdict.status === 'pending' || verdict.status === 'not deployed') return verdict;
    const look = () => within(longest, observeTampering(subject), signal).catch(() => undefined);
    let tampering = await look();
    // What was made or changed a moment ago may not be seen yet.
    if (tampering !== undefined && left() > 0) {
      await pause(left(), signal);
      tampering = await look();
    }
    signal.throwIfAborted();
    if (tampering?.kind === 'gone' && verdict.status !== 'fixed')
      return withDrift(verdict, tampering, driftInWords(tampering, 'not fixed', subject));
    const synthesize: Synthesize | undefined =
      options.synthesize &&
      (async (...asked) => {
        options.onProgress?.({ kind: 'comparing' });
        return options.synthesize?.(...asked);
      });
    // The verdict stands, whatever could not be compared.
    const inFiles =
      verdict.status === 'broken'
        ? undefined
        : await observeDrift({ root, labFolder, subject, checks, synthesize }).catch(() => undefined);
    signal.throwIfAborted();
    const changed = tampering?.kind === 'changed' ? tampering : undefined;
    // A hand's repair is one of its changes, and a deployment of other files comes before setting anything back.
    const drift =
      inFiles?.kind === 'by hand' && verdict.status !== 'fixed' ? (changed ?? inFiles) : (inFiles ?? changed);
    return drift === undefined ? verdict : withDrift(verdict, drift, driftInWords(drift, verdict.status, subject));
  } finally {
    await open.close();
  }
}

interface Opening {
  /** Milliseconds until changes have spread. */
  readonly left: () => number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly longest: number;
}

/** Opens the subject, and again while a stack that is deployed has a room that can't be seen yet. */
async function openWhenThere(subject: SubjectOptions, { left, pause, longest }: Opening): Promise<OpenSubject> {
  const { target, signal } = subject;
  for (;;) {
    const isLast = left() === 0;
    const open = await within(longest, openSubject(subject), signal);
    const { stack, room, resources } = open.subject;
    const hasApi = stack.deployed && resources.some(({ type }) => type === 'AWS::ApiGatewayV2::Api');
    if (isLast || !hasApi || !('missing' in room)) return open;
    await open.close();
    await pause(Math.min(PAUSE / (target.scale ?? 1), left()), signal);
  }
}

/** A verdict of what is deployed, where the file says something else, or where the account has more than was deployed. */
export function withDrift(verdict: Verdict, drift: Drift, remark: string): Verdict {
  if (drift.kind === 'gone') {
    const couldNotLook = verdict.checks.some((result) => result.status === 'broken' && result.notFound !== true);
    // What is gone can't be found, which is seen; any other look that failed decides nothing.
    const isSeen = verdict.status === 'not fixed' || !couldNotLook;
    return { ...verdict, ...(isSeen ? { status: 'not fixed' } : {}), remark, drift };
  }
  const isFixable = verdict.status === 'not fixed' && drift.kind !== 'by hand' && drift.kind !== 'changed';
  return { ...verdict, ...(isFixable ? { status: 'not deployed yet' } : {}), remark, drift };
}

/** The verdict where not even the account could be opened. */
export function unopened(lab: Lab, target: Pick<Target, 'kind' | 'title' | 'region'>, error: unknown): Verdict {
  return verdictOf(lab, target, brokenBy(lab, explainFailure(error, target)));
}

/** What the checks of a lab come to, taken together. */
export function verdictOf(
  lab: Lab,
  target: Pick<Target, 'kind' | 'title' | 'region'>,
  checks: readonly Result[],
  subject?: Pick<Subject, 'stack' | 'room'>,
): Verdict {
  const { kind, title, region } = target;
  const room = subject !== undefined && 'address' in subject.room ? { room: subject.room.address } : {};
  const common = { lab: lab.id, title: lab.title, checks, target: { kind, title, region }, ...room };
  if (subject?.stack.deployed === false) return { ...common, status: 'not deployed', remark: subject.stack.reason };
  const has = (status: Result['status']) => checks.some((result) => result.status === status);
  // One thing that is surely wrong decides, whatever could not be seen beside it.
  if (has('failed')) return { ...common, status: 'not fixed' };
  if (has('broken')) return { ...common, status: 'broken' };
  if (has('pending')) return { ...common, status: 'pending' };
  return { ...common, status: 'fixed' };
}

/** The command's exit code for some verdicts: what could not be checked outweighs what is not fixed. */
export function exitCodeOf(verdicts: readonly Verdict[]): number {
  const is = (...statuses: Array<Verdict['status']>) => verdicts.some(({ status }) => statuses.includes(status));
  if (is('broken', 'pending')) return exitCode.couldNotCheck;
  return is('not fixed', 'not deployed', 'not deployed yet') ? exitCode.notFixed : exitCode.fixed;
}

/** The account cannot be looked at: the first check says why, and the others wait for it. */
function brokenBy(lab: Lab, { reason, next }: { reason: string; next: string }): Result[] {
  const [first, ...others] = lab.checks;
  if (first === undefined) return [];
  const base = ({ id, title, expected, docs }: typeof first) => ({ id, title, expected, docs, duration: 0 });
  return [
    { ...base(first), status: 'broken', reason, next },
    ...others.map((check) => ({ ...base(check), status: 'blocked', by: first.id }) as const),
  ];
}
