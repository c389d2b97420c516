import type { Evidence } from '../../checking/check.ts';
import { redacted } from '../../sign-in/redacted.ts';
import type { Leak } from './found-in-logs.ts';

/** How much of a line is shown, in characters: before the find, and in all. */
const BEFORE = 80;
const SHOWN = 240;

/** How many lines of a log are shown. */
const LINES = 3;

/**
 * Returns the lines of each log that contain something they must not, shortened and without secrets. The worst leak comes
 * first in `found`: a line is shown for the worst of what it contains, and lines with the same kind are marked.
 */
export function evidenceOf(found: readonly Leak[]): Evidence[] {
  return [...new Set(found.map(({ group }) => group))].map((group) => {
    const leaks = found.filter((each) => each.group === group);
    const byLine = new Map<string, Leak>();
    for (const leak of leaks) if (!byLine.has(leak.line)) byLine.set(leak.line, leak);
    const shown = [...byLine.values()].slice(0, LINES);
    const marked = shown.flatMap(({ needle }, index) => (needle.kind === found[0]?.needle.kind ? index : []));
    return { source: 'log', about: group, lines: shown.map(excerpt), ...(marked.length === 0 ? {} : { marked }) };
  });
}

function excerpt({ line, needle: { kind, text } }: Leak): string {
  const shown = redacted(line).replaceAll('\n', ' ');
  const at = kind === 'token' ? shown.indexOf('…(a token)') : shown.indexOf(text);
  const from = Math.max(0, at - BEFORE);
  const part = shown.slice(from, from + SHOWN);
  return `${from > 0 ? '…' : ''}${part}${from + SHOWN < shown.length ? '…' : ''}`;
}
