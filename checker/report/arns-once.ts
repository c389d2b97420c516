import type { Result } from '../checking/result.ts';

/** An ARN so long that it fills a line. */
const LONG = /\barn:[\w-]+:[^\s"',;]{50,}/g;

/** Returns the result with each long ARN in full where it appears first, and only its end after that. */
export function arnsOnce<R extends Result>(result: R): R {
  if (result.status !== 'failed') return result;
  const seen = new Set<string>();
  const shortened = (text: string) =>
    text.replace(LONG, (arn) => {
      if (seen.has(arn)) return `arn:…${/[:/][^:/]*$/.exec(arn)?.[0] ?? ''}`;
      seen.add(arn);
      return arn;
    });
  return {
    ...result,
    actual: shortened(result.actual),
    evidence: result.evidence.map(({ about, lines, ...rest }) => ({
      ...rest,
      about: about && shortened(about),
      lines: lines.map(shortened),
    })),
  };
}
