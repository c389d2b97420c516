import { join } from 'node:path';
import type { Target } from '../aws/target.ts';
import { explainFailure } from '../failures/failure.ts';
import { capital } from '../failures/failure-kind.ts';
import { type End, observeEnd } from '../observe/account-end.ts';
import { observeUnsupported, type Unsupported } from '../observe/unsupported.ts';
import { holdLock } from '../process/hold-lock.ts';
import { isAsShipped, labFolder as learnersFolder } from '../workshop/lab-files.ts';
import type { AnyCheck, Subject } from './check.ts';
import { driftInWords, observeDrift, observeTampering, type Synthesize } from './drift.ts';
import type { Lab } from './lab.ts';
import type { Result, Verdict } from './result.ts';
import { forAMoment, longestLook, PAUSE, type RunOptions, runChecks } from './run.ts';
import { type OpenSubject, openSubject, type SubjectOptions, stackNameOf } from './subject.ts';
import { brokenBy, verdictOf, withDrift, withFileError } from './verdict.ts';
import { withDeadline } from './with-deadline.ts';

export interface CheckLabOptions extends RunOptions {
  readonly root: string;
  readonly lab: Lab;
  readonly target: Target;
  readonly signal: AbortSignal;
  /** The folder with the learner's files; `labs/<id>` unless said otherwise. */
  readonly labFolder?: string;
  /** Writes the learner's stack, to compare it with what is deployed. Without it, only deployment notes are used. */
  readonly synthesize?: Synthesize;
  /** Whether files, deployment and account are compared for the verdict's remark; they are unless this is false. */
  readonly compares?: boolean;
  /** Called with the subject once it was read, if it could be. */
  readonly onSubject?: (subject: Subject) => void;
}

/**
 * Waits for another check of the lab in this checkout, then checks the lab as it is deployed and returns the verdict.
 * If the account can't be read, the verdict is `broken`. Rejects only when interrupted. Everything the checks created
 * is removed before it resolves or rejects.
 */
export async function checkLab(options: CheckLabOptions): Promise<Verdict> {
  const { root, lab, signal, onProgress } = options;
  signal.throwIfAborted();
  const release = await holdLock({
    path: join(root, '.lab', 'checking', lab.id),
    signal,
    onWait: (pid) => onProgress?.({ kind: 'waiting', pid }),
  }).catch(() => {
    signal.throwIfAborted();
    // Checking needs no writable folder; only two checks at once would meet.
    return async () => {};
  });
  try {
    return await checkAlone(options);
  } finally {
    await release();
  }
}

/** Checks while no other check adds rows to the room: posts to some of them fail, whoever sends a message. */
async function checkAlone(options: CheckLabOptions): Promise<Verdict> {
  const { root, lab, target, signal, labFolder = learnersFolder(root, lab.id) } = options;
  const { now = () => performance.now(), pause = forAMoment, longest = longestLook } = options;
  const isSpreadAt = now() + target.spread;
  const left = () => Math.max(0, isSpreadAt - now());
  const { checks } = await lab.load();
  const open = await openWhenThere({ root, labFolder, lab: lab.id, target, signal }, { left, pause, longest }).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      return explainFailure(error, target);
    },
  );
  if ('reason' in open) return verdictOf(lab, target, brokenBy(checks, open));
  try {
    const { subject } = open;
    options.onSubject?.(subject);
    const results = await subject.remembering(() => runChecks(checks, subject, { ...options, isSpreadAt }));
    const verdict = verdictOf(lab, target, results, subject);
    const overruled = async () => {
      const end = await withDeadline(longest, observeEnd(subject), signal).catch(() => undefined);
      signal.throwIfAborted();
      return end && overruledBy(end, verdict, options, checks);
    };
    const ended = await overruled();
    if (ended !== undefined) return ended;
    if (verdict.status === 'not fixed') {
      const lacks = await withDeadline(longest, observeUnsupported(subject), signal).catch(() => undefined);
      signal.throwIfAborted();
      if (lacks !== undefined) return verdictOf(lab, target, results.map(undecidedBy(lacks)), subject);
    }
    if (options.compares === false) return verdict;
    let fileError: string | undefined;
    const onFileError = (error: string) => {
      fileError = error;
    };
    const synthesize: Synthesize | undefined =
      options.synthesize &&
      (async (...asked) => {
        options.onProgress?.({ kind: 'comparing' });
        return options.synthesize?.(...asked);
      });
    if (verdict.status === 'not deployed') {
      // Before a first deployment, only files that were edited are worth the time.
      const isEdited = !(await isAsShipped(root, lab.id).catch(() => true));
      const written = isEdited ? await synthesize?.(subject, labFolder).catch(() => undefined) : undefined;
      signal.throwIfAborted();
      return typeof written === 'object' ? withFileError(verdict, written.error) : verdict;
    }
    if (verdict.status === 'pending') return verdict;
    const look = () => withDeadline(longest, observeTampering(subject), signal).catch(() => undefined);
    let tampering = await look();
    // Something created or changed a moment ago may not be visible yet.
    if (tampering !== undefined && left() > 0) {
      await pause(left(), signal);
      tampering = await look();
    }
    signal.throwIfAborted();
    if (tampering?.kind === 'gone' && verdict.status !== 'fixed') {
      // If the stack's deletion began meanwhile, nothing was deleted manually.
      return (await overruled()) ?? withDrift(verdict, tampering, driftInWords(tampering, 'not fixed', subject));
    }
    // The verdict stands even if the comparison failed.
    const inFiles =
      verdict.status === 'broken'
        ? undefined
        : await observeDrift({ root, labFolder, subject, checks: results, synthesize, onFileError }).catch(
            () => undefined,
          );
    signal.throwIfAborted();
    const changed = tampering?.kind === 'changed' ? tampering : undefined;
    // A manual repair is one of the drift's changes, and other deployed files are reported before anything is set back.
    const drift =
      inFiles?.kind === 'by hand' && verdict.status !== 'fixed' ? (changed ?? inFiles) : (inFiles ?? changed);
    const whole =
      drift === undefined ? verdict : withDrift(verdict, drift, driftInWords(drift, verdict.status, subject));
    return fileError === undefined ? whole : withFileError(whole, fileError);
  } finally {
    await open.close();
  }
}

/**
 * Returns the verdict that replaces one whose account or stack isn't what it was at its beginning; undefined if it
 * stands. A room that was right while it was checked stays fixed if only its stack is changed afterwards.
 */
function overruledBy(
  end: End,
  verdict: Verdict,
  { lab, target }: CheckLabOptions,
  checks: readonly AnyCheck[],
): Verdict | undefined {
  if ('unusable' in end) return verdictOf(lab, target, brokenBy(checks, end.unusable));
  if (verdict.status === 'not deployed') return undefined;
  if ('gone' in end) {
    if (end.gone === 'stack' && verdict.status === 'fixed') return undefined;
    const what = end.gone === 'stack' ? `The stack ${stackNameOf(lab.id)}` : capital(target.title);
    const became = end.gone === 'stack' ? 'was deleted' : 'ended';
    // Earlier results are shown but decide nothing: the lab was not checked completely.
    return { ...verdict, status: 'broken', remark: `${what} ${became} during the check. Check again.` };
  }
  return verdict.status === 'fixed' ? undefined : verdictOf(lab, target, brokenBy(checks, end.changing));
}

/**
 * Returns a failed result as undecided: the practice account lacks what a function of the room called. If the function
 * handled that, what another look can't change stays decided.
 */
function undecidedBy({ lacks, isHandled }: Unsupported): (result: Result) => Result {
  return (result) => {
    if (result.status !== 'failed' || (isHandled && result.settled)) return result;
    const { id, title, expected, docs, duration } = result;
    const reason = `${lacks}, which a function of the room uses. On AWS, it may work.`;
    const next =
      'Use another operation and deploy, or check the lab on AWS: docs/aws.md. If your files no longer use it, deploy them.';
    return { id, title, expected, docs, duration, status: 'broken', reason, next };
  };
}

interface Opening {
  /** Milliseconds until changes have spread. */
  readonly left: () => number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly longest: number;
}

/**
 * Opens the subject, and opens it again while a deployed stack's room, or the one that it outputs, isn't visible yet.
 */
async function openWhenThere(subject: SubjectOptions, { left, pause, longest }: Opening): Promise<OpenSubject> {
  const { target, signal } = subject;
  for (;;) {
    const isLast = left() === 0;
    const open = await withDeadline(longest, openSubject(subject), signal);
    const { stack, room, resources } = open.subject;
    const hasApi = stack.deployed && resources.some(({ type }) => type === 'AWS::ApiGatewayV2::Api');
    const isThere = !('missing' in room) && room.insteadOf === undefined;
    if (isLast || !hasApi || isThere) return open;
    await open.close();
    await pause(Math.min(PAUSE / (target.scale ?? 1), left()), signal);
  }
}
