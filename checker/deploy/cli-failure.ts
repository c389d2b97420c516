import { LabError } from '../failures/errors.ts';
import { explainFailure, type FailedAt, isFromAccount } from '../failures/failure.ts';

/**
 * Why the CDK CLI failed where no resource did: in our words where it met what the checker meets too, such as
 * credentials that have expired, and in its own for all else.
 */
export function cliFailure(
  output: string,
  { lab, log, target }: { readonly lab: string; readonly log: string; readonly target: FailedAt },
): LabError {
  const words = lastWords(output);
  const [, name = '', message = ''] = /^(?:❌\s*)?(?:.*failed: )?([A-Z]\w+): ([\s\S]*)$/.exec(words) ?? [];
  // What Node.js says of a network: `getaddrinfo ENOTFOUND …`.
  const [, code] = /\b(?:getaddrinfo|connect|read|write) (E[A-Z_]+)\b/.exec(message) ?? [];
  const error = Object.assign(new Error(message), { name, code });
  // What may not be done is a matter of whoever deploys, and the CLI names it.
  if (name !== '' && !/AccessDenied|Unauthorized/.test(name) && isFromAccount(error)) {
    const { reason, next } = explainFailure(error, target);
    return new LabError(`The deployment of ${lab} failed. ${reason}`, next);
  }
  return new LabError(`The deployment of ${lab} failed: ${words}`, `All that the CDK CLI said is in ${log}.`);
}

/** The CLI ends with a cross and what failed, and says why after a wedge, perhaps in further lines. */
function lastWords(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const reason = lines.findIndex((line) => line.startsWith('‣'));
  // Where several assets could not be published, why stands with each of them alone.
  const [, unpublished] = /^‣ AggregateError:$/.test(lines[reason] ?? '') ? (/: fail: (.+)$/m.exec(output) ?? []) : [];
  if (unpublished !== undefined) return unpublished;
  if (reason !== -1) return lines.slice(reason).join('\n  ').replace(/^‣\s*/, '');
  const error = lines.findLast((line) => /^(❌|\[?[\w.]*Error\b)/.test(line));
  return (error ?? lines.at(-1) ?? 'the CDK CLI said nothing').replace(/^❌\s*/, '');
}
