import { join } from 'node:path';
import type { Lab, Result, Subject, Verdict } from './check.ts';
import { exitCode } from './errors.ts';
import { explainFailure } from './observe/failure.ts';
import { openSubject } from './observe/subject.ts';
import { type RunOptions, runChecks } from './run.ts';
import { deployedFingerprint, fingerprint } from './sources.ts';
import type { Target } from './target/target.ts';

export interface CheckLabOptions extends RunOptions {
  readonly root: string;
  readonly lab: Lab;
  readonly target: Target;
  readonly signal: AbortSignal;
  /** The folder with the learner's files; `labs/<id>` unless said otherwise. */
  readonly labFolder?: string;
}

/**
 * Looks at one lab as it is deployed and says what became of it. What the account does not tell is in the verdict
 * as `broken`; rejects only when interrupted. What the checks brought is taken away before it resolves or rejects.
 */
export async function checkLab(options: CheckLabOptions): Promise<Verdict> {
  const { root, lab, target, signal, labFolder = join(root, 'labs', lab.id) } = options;
  signal.throwIfAborted();
  const open = await openSubject({ root, labFolder, lab: lab.id, target, signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    return explainFailure(error, target);
  });
  if ('reason' in open) return verdictOf(lab, target, brokenBy(lab, open));
  try {
    const checks = await runChecks(lab.checks, open.subject, options);
    const verdict = verdictOf(lab, target, checks, open.subject);
    const decided = verdict.status === 'fixed' || verdict.status === 'not fixed';
    if (!decided || !(await isNewer(root, labFolder, open.subject))) return verdict;
    return verdict.status === 'fixed'
      ? { ...verdict, remark: 'The files were changed since this was deployed.' }
      : { ...verdict, status: 'not deployed yet', remark: 'The files were changed since they were deployed.' };
  } finally {
    await open.close();
  }
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

async function isNewer(root: string, labFolder: string, { lab, target, stack }: Subject): Promise<boolean> {
  if (!stack.deployed) return false;
  const deployed = await deployedFingerprint(root, lab, target, stack);
  return deployed !== undefined && deployed !== fingerprint(labFolder);
}
