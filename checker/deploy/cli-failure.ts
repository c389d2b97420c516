import { LabError } from '../failures/errors.ts';
import { explainFailure, isFromAccount } from '../failures/failure.ts';
import type { FailedAt } from '../failures/failure-kind.ts';

/**
 * Explains why the CDK CLI failed although no resource did: in our words if it is a problem that the checker knows,
 * such as expired credentials, otherwise in the CLI's own. `where` is the line that is rejected, and `next` the next step,
 * if they are known.
 */
export function cliFailure(
  output: string,
  {
    lab,
    log,
    target,
    where = '',
    next: known,
  }: {
    readonly lab: string;
    readonly log: string;
    readonly target: FailedAt;
    readonly where?: string | undefined;
    readonly next?: string | undefined;
  },
): LabError {
  const words = lastWords(output);
  const [, name = '', message = ''] = /^(?:❌\s*)?(?:.*failed: )?([A-Z]\w+): ([\s\S]*)$/.exec(words) ?? [];
  // Node.js's network errors: `getaddrinfo ENOTFOUND …`.
  const [, code] = /\b(?:getaddrinfo|connect|read|write) (E[A-Z_]+)\b/.exec(message) ?? [];
  const error = Object.assign(new Error(message), { name, code });
  // A missing permission is the deployer's, not the checker's, and the CLI names it.
  if (name !== '' && !/AccessDenied|Unauthorized/.test(name) && isFromAccount(error)) {
    const { reason, next } = explainFailure(error, target);
    return new LabError(`The deployment of ${lab} failed. ${reason}${where}`, known ?? next);
  }
  return new LabError(
    `The deployment of ${lab} failed: ${words}${where}`,
    known ?? `The CDK CLI's complete output is in ${log}.`,
  );
}

/** The CLI ends with a cross and the failed thing, and gives the reason after a wedge, possibly over several lines. */
function lastWords(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const reason = lines.findIndex((line) => line.startsWith('‣'));
  // If several assets couldn't be published, each one has its own reason.
  const [, unpublished] = /^‣ AggregateError:$/.test(lines[reason] ?? '') ? (/: fail: (.+)$/m.exec(output) ?? []) : [];
  if (unpublished !== undefined) return unpublished;
  if (reason !== -1) return lines.slice(reason).join('\n  ').replace(/^‣\s*/, '');
  const error = lines.findLast((line) => /^(❌|\[?[\w.]*Error\b)/.test(line));
  return (error ?? lines.at(-1) ?? 'the CDK CLI printed nothing').replace(/^❌\s*/, '');
}
