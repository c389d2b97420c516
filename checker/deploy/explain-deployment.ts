import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Place } from '../checking/check.ts';
import { LabError } from '../failures/errors.ts';
import { withoutNoise } from '../failures/reason.ts';
import { isCause } from '../observe/first-failure.ts';
import { locator } from '../observe/locate.ts';
import { changedType } from './changed-type.ts';
import { circularDependency } from './circular-dependency.ts';
import { cliFailure } from './cli-failure.ts';
import type { DeployOptions } from './deploy.ts';
import { failedPolicy, type Templates } from './failed-policy.ts';
import { missingExport } from './missing-export.ts';
import { rejectedResource } from './rejected-resource.ts';
import { stuckStack } from './stuck-stack.ts';

/** Returns the error for a failed deployment: the first resource that did, CloudFormation's reason, and the line. */
export function explainDeployment(
  happened: readonly StackEvent[],
  output: string,
  {
    root,
    lab,
    labFolder,
    isWatched,
    target,
    paths,
    written,
    deployed,
    log,
  }: Pick<DeployOptions, 'root' | 'lab' | 'labFolder' | 'isWatched' | 'target'> &
    Templates & { readonly paths: ReadonlyMap<string, string>; readonly log: string },
): LabError {
  const again = isWatched ? 'save' : 'deploy again';
  const known =
    missingExport(happened, output, { root, labFolder, lab, target, again }) ??
    changedType(output, { root, labFolder, lab, paths, again }) ??
    circularDependency(output, written, { root, labFolder, lab, paths, again }) ??
    stuckStack(output, lab);
  if (known !== undefined) return known;
  const first = happened.find(isCause);
  const locate = locator({ root, labFolder, paths });
  const shown = (place: Place | undefined) => (place === undefined ? '' : `\n  at ${place.file}:${place.line}`);
  if (first === undefined) {
    const rejected = rejectedResource(output, written, again);
    return cliFailure(output, {
      lab,
      log,
      target,
      where: rejected && shown(locate(rejected.id)),
      next: rejected?.next,
    });
  }
  const { LogicalResourceId: id = '', ResourceType = '', ResourceStatusReason: reason = 'no reason given' } = first;
  const policy = failedPolicy(id, { root, labFolder, paths }, { written, deployed });
  const where = shown(policy?.place ?? locate(id));
  const why = [withoutNoise(reason), ...(policy === undefined ? [] : [policy.said])].join('\n  ');
  return new LabError(
    `The deployment of ${lab} failed at ${paths.get(id) ?? id} (${ResourceType}):\n  ${why}${where}`,
    afterwards(happened, { lab, log, again, repair: UNSUPPORTED.test(withoutNoise(reason)) ? ELSEWHERE : REPAIR }),
  );
}

/** A limit of the practice account is nobody's mistake. */
const UNSUPPORTED = /^The practice account(?:'s [\w ]+)? doesn't support /;
const ELSEWHERE = 'Use what the practice account supports, or AWS (`npx lab use aws`),';
const REPAIR = 'Repair the cause';

/** Describes the state after a failed deployment, and the next step. */
function afterwards(
  happened: readonly StackEvent[],
  { lab, log, again, repair }: Readonly<Record<'lab' | 'log' | 'again' | 'repair', string>>,
): string {
  // A nested stack is a resource of its parent; only the parent's own events have its id.
  const ended = happened.findLast(({ PhysicalResourceId, StackId }) => PhysicalResourceId === StackId)?.ResourceStatus;
  const number = lab.split('-')[0];
  switch (ended) {
    case 'UPDATE_ROLLBACK_COMPLETE':
      return `It was rolled back: the room is unchanged. ${repair} and ${again}.`;
    case 'UPDATE_ROLLBACK_FAILED':
      return `Its rollback failed, too, and CloudFormation can't update such a stack. ${repair}, then create it again: \`npx lab destroy ${number}\` and \`npx lab deploy ${number}\`.`;
    case 'ROLLBACK_COMPLETE':
      return `It was the first deployment, and it was rolled back: there is no room yet. ${repair} and ${again}; the CDK deletes the rest of the stack first.`;
    case 'ROLLBACK_FAILED':
    case 'CREATE_FAILED':
      return `It was the first deployment, and its rollback failed, too. \`npx lab destroy ${number}\` deletes the rest. ${repair} and ${again}.`;
    default:
      return `See ${log}.`;
  }
}
