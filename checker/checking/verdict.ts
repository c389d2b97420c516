import type { Target } from '../aws/target.ts';
import { exitCode } from '../failures/errors.ts';
import { explainFailure } from '../failures/failure.ts';
import type { AnyCheck, Place, Subject } from './check.ts';
import { cannotDeploy } from './drift.ts';
import type { Lab } from './lab.ts';
import type { Drift, Result, Verdict } from './result.ts';

/** Returns a verdict that also says how file, deployment and account differ. */
export function withDrift(verdict: Verdict, drift: Drift, remark: string): Verdict {
  if (drift.kind === 'gone') {
    const couldNotLook = verdict.checks.some((result) => result.status === 'broken' && result.notFound !== true);
    // A deleted resource can't be found, and that counts as seen. Any other failed look decides nothing.
    const isSeen = verdict.status === 'not fixed' || !couldNotLook;
    return { ...verdict, ...(isSeen ? { status: 'not fixed' } : {}), remark, drift };
  }
  const isFixable = verdict.status === 'not fixed' && drift.kind !== 'by hand' && drift.kind !== 'changed';
  return { ...verdict, ...(isFixable ? { status: 'not deployed yet' } : {}), remark, drift };
}

/** Returns a verdict that also says why the learner's files can't be deployed. */
export function withFileError(verdict: Verdict, error: string): Verdict {
  const { remark } = verdict;
  const remarks = [...(remark === undefined ? [] : [remark]), cannotDeploy(error)];
  const place = verdict.status === 'not deployed' ? placeIn(error) : undefined;
  // Without a room, nothing in the files is wrong for the checks yet except what can't be deployed.
  const checks = place === undefined ? verdict.checks : verdict.checks.map((result) => at(place, result));
  return { ...verdict, checks, remark: remarks.join('\n'), fileError: error };
}

/** The first line that an error names: `  labs/…/stack.ts:60:7 TS2551: …`, `  at labs/…/stack.ts:12`. */
function placeIn(error: string): Place | undefined {
  const [, file, line] = /^\s+(?:at )?([^:\n]+\.[cm]?tsx?):(\d+)\b/m.exec(error) ?? [];
  return file === undefined ? undefined : { file, line: Number(line) };
}

function at(place: Place, result: Result): Result {
  return result.status === 'failed' || result.status === 'blocked' ? { ...result, place } : result;
}

/** Returns the verdict if not even the account could be opened. */
export async function unopened(
  lab: Lab,
  target: Pick<Target, 'kind' | 'title' | 'region'>,
  error: unknown,
): Promise<Verdict> {
  const { checks } = await lab.load();
  return verdictOf(lab, target, brokenBy(checks, explainFailure(error, target)));
}

/** Returns the verdict that follows from a lab's checks. */
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
  // One definite failure decides, even if other checks could not look.
  if (has('failed')) return { ...common, status: 'not fixed' };
  if (has('broken')) return { ...common, status: 'broken' };
  if (has('pending')) return { ...common, status: 'pending' };
  return { ...common, status: 'fixed' };
}

/** Returns the exit code for several verdicts: "could not be checked" outweighs "not fixed". */
export function exitCodeOf(verdicts: readonly Verdict[]): number {
  const is = (...statuses: Array<Verdict['status']>) => verdicts.some(({ status }) => statuses.includes(status));
  if (is('broken', 'pending')) return exitCode.couldNotCheck;
  return is('not fixed', 'not deployed', 'not deployed yet') ? exitCode.notFixed : exitCode.fixed;
}

/** Returns results for an account that can't be read: the first check says why, and the others wait for it. */
export function brokenBy(
  [first, ...others]: readonly AnyCheck[],
  { reason, next }: { reason: string; next: string },
): Result[] {
  if (first === undefined) return [];
  const base = ({ id, title, expected, docs }: typeof first) => ({ id, title, expected, docs, duration: 0 });
  return [
    { ...base(first), status: 'broken', reason, next },
    ...others.map((check) => ({ ...base(check), status: 'blocked', by: first.id }) as const),
  ];
}
