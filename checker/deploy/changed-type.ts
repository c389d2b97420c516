import { LabError } from '../failures/errors.ts';
import { locator } from '../observe/locate.ts';
import type { FailedDeployment } from './failed-deployment.ts';

/**
 * Returns the error for a deployment that changes a resource's type, as `Table` to `TableV2` under the same id does;
 * undefined for any other failure. CloudFormation names the logical ids, which no file of the learner contains.
 */
export function changedType(
  output: string,
  { root, labFolder, lab, paths, again }: FailedDeployment,
): LabError | undefined {
  const ids = /modifies resource type of the following resources: \[([^\]]+)\]/.exec(output)?.[1]?.split(', ');
  const id = ids?.[0];
  if (id === undefined) return undefined;
  const construct = paths.get(id)?.replace(/\/Resource$/, '') ?? id;
  const place = locator({ root, labFolder, paths })(id);
  const where = place === undefined ? '' : `\n  at ${place.file}:${place.line}`;
  return new LabError(
    `The deployment of ${lab} failed: ${construct} has another resource type than the deployed one, and CloudFormation can't change that.${where}`,
    `Give the new construct another id and ${again}. It starts without the data of the old one.`,
  );
}
