import type { Target } from '../aws/target.ts';
import { explainFailure } from '../failures/failure.ts';
import { hasEnded } from '../observe/has-ended.ts';
import { labFolder as learnersFolder } from '../workshop/lab-files.ts';
import type { Lab, Subject, Verdict } from './check.ts';
import { driftInWords, observeDrift, observeTampering, type Synthesize } from './drift.ts';
import { forAMoment, longestLook, PAUSE, type RunOptions, runChecks } from './run.ts';
import { type OpenSubject, openSubject, type SubjectOptions } from './subject.ts';
import { brokenBy, verdictOf, withDrift } from './verdict.ts';
import { withDeadline } from './with-deadline.ts';

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
 * as `broken`; rejects only when interrupted. What the checks brought is removed before it resolves or rejects.
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
    const isGone = await withDeadline(options.longest ?? longestLook, hasEnded(subject), signal).catch(() => false);
    signal.throwIfAborted();
    // What was found before is shown, and is no verdict: it was not looked at as a whole, or not by the end.
    if (isGone && verdict.status !== 'not deployed') {
      const remark = `${target.title.charAt(0).toUpperCase()}${target.title.slice(1)} ended during the check. Check again.`;
      return { ...verdict, status: 'broken', remark };
    }
    if (verdict.status === 'pending' || verdict.status === 'not deployed') return verdict;
    const look = () => withDeadline(longest, observeTampering(subject), signal).catch(() => undefined);
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
    const open = await withDeadline(longest, openSubject(subject), signal);
    const { stack, room, resources } = open.subject;
    const hasApi = stack.deployed && resources.some(({ type }) => type === 'AWS::ApiGatewayV2::Api');
    if (isLast || !hasApi || !('missing' in room)) return open;
    await open.close();
    await pause(Math.min(PAUSE / (target.scale ?? 1), left()), signal);
  }
}
