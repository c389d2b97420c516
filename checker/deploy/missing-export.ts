import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Target } from '../aws/target.ts';
import { LabError } from '../failures/errors.ts';
import { finder } from '../observe/locate.ts';
import type { FailedDeployment } from './failed-deployment.ts';

interface Failed extends Omit<FailedDeployment, 'paths'> {
  readonly target: Pick<Target, 'title'>;
}

/**
 * Returns the error for a deployment that imports a value that no stack exports; undefined for any other failure.
 * CloudFormation attributes it to the stack or to whichever resource it resolves first, and neither is the cause.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html
 */
export function missingExport(
  happened: readonly StackEvent[],
  output: string,
  { root, labFolder, lab, target, again }: Failed,
): LabError | undefined {
  const said = [...happened.map(({ ResourceStatusReason = '' }) => ResourceStatusReason), output].join('\n');
  const name = /No export named (\S+) found/.exec(said)?.[1];
  if (name === undefined) return undefined;
  const place = finder({ root, labFolder })([/\bimportValue\(/, /Fn::ImportValue/]);
  const where = place === undefined ? '' : `\n  at ${place.file}:${place.line}`;
  return new LabError(
    `The deployment of ${lab} failed: the stack imports the value ${name}, but no stack in ${target.title} exports it.${where}`,
    `Deploy the stack that exports it first, or correct the name, and ${again}.`,
  );
}
