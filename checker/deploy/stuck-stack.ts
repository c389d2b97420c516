import { LabError } from '../failures/errors.ts';

/**
 * The CLI's output has CloudFormation's words: `Stack:arn:… is in UPDATE_ROLLBACK_FAILED state and can not be
 * updated.`
 */
const STUCK = /is in (\w+_FAILED) state and can ?not be updated/;

/**
 * Returns the error for a stack that CloudFormation can't update because of an earlier failure; undefined for any
 * other.
 */
export function stuckStack(output: string, lab: string): LabError | undefined {
  const status = STUCK.exec(output)?.[1];
  if (status === undefined) return undefined;
  const number = lab.split('-')[0];
  return new LabError(
    `The deployment of ${lab} failed: ${earlier(status)} (${status}). CloudFormation can't update such a stack.`,
    `Create it again: \`npx lab destroy ${number}\`, then \`npx lab deploy ${number}\`.`,
  );
}

function earlier(status: string): string {
  if (status === 'DELETE_FAILED') return 'an earlier deletion of its stack failed';
  return `an earlier one failed${status.endsWith('ROLLBACK_FAILED') ? ', and so did its rollback' : ''}`;
}
