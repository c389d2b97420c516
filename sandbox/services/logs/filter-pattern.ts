import { UnsupportedError } from '../../calls/errors.ts';
import { invalid } from './find.ts';

/** Whether a message matches a filter pattern. */
export type Filter = (message: string) => boolean;

/**
 * Parses a filter pattern for unstructured events: all terms and "quoted terms" must occur, one of those with `?`, none
 * of those with `-`; or a comparison of one JSON member, `{ $.level = "ERROR" }`
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html). Throws UnsupportedError for
 * other kinds.
 */
export function readFilter(pattern: string | undefined): Filter {
  const text = (pattern ?? '').trim();
  if (text === '') return () => true;
  if (text.startsWith('{')) return jsonFilter(text);
  if (text.startsWith('[')) throw new UnsupportedError('filter patterns for space-delimited events');
  if (text.includes('%')) throw new UnsupportedError('filter patterns with regular expressions');
  const terms = [...text.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(([, sign, quoted, bare]) => ({
    sign,
    term: quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '',
  }));
  if (terms.some(({ term }) => term.includes('"') && !text.includes('\\"'))) throw invalid('Invalid filter pattern');
  const having = (wanted: string) => terms.filter(({ sign }) => sign === wanted).map(({ term }) => term);
  const [all, any, none] = [having(''), having('?'), having('-')];
  return (message) =>
    // If there are terms without a question mark, AWS ignores those with one.
    (all.length > 0 || any.length === 0
      ? all.every((term) => message.includes(term))
      : any.some((term) => message.includes(term))) && !none.some((term) => message.includes(term));
}

function jsonFilter(text: string): Filter {
  const parts = /^\{\s*\$\.([\w.-]+)\s*(=|!=)\s*("([^"]*)"|-?\d+(?:\.\d+)?|[\w-]+)\s*\}$/.exec(text);
  if (parts === null) throw new UnsupportedError(`the filter pattern ${text}`);
  const [, path = '', operator, value = '', quoted] = parts;
  if (quoted?.includes('*') === true || value === 'NULL') throw new UnsupportedError(`the filter pattern ${text}`);
  return (message) => {
    const found = member(message, path.split('.'));
    if (found === undefined) return false;
    return (String(found) === (quoted ?? value)) === (operator === '=');
  };
}

function member(message: string, path: readonly string[]): unknown {
  try {
    return path.reduce<unknown>(
      (value, name) => (value as Record<string, unknown> | undefined)?.[name],
      JSON.parse(message) as unknown,
    );
  } catch {
    return undefined;
  }
}
