import type { Target } from '../aws/target.ts';
import { exitCode } from '../failures/errors.ts';
import { explainFailure } from '../failures/failure.ts';
import type { Drift, Lab, Result, Subject, Verdict } from './check.ts';

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
export function brokenBy(lab: Lab, { reason, next }: { reason: string; next: string }): Result[] {
  const [first, ...others] = lab.checks;
  if (first === undefined) return [];
  const base = ({ id, title, expected, docs }: typeof first) => ({ id, title, expected, docs, duration: 0 });
  return [
    { ...base(first), status: 'broken', reason, next },
    ...others.map((check) => ({ ...base(check), status: 'blocked', by: first.id }) as const),
  ];
}
