import type { Evidence } from '../../checking/check.ts';
import { disguisedIn } from '../../probe/disguised.ts';
import { BEGINNING, needlesIn } from '../../probe/needles.ts';
import { redacted } from '../../sign-in/redacted.ts';
import type { Leak } from './found-in-logs.ts';

/** How much of a line is shown, in characters: before the find, and in all. */
const BEFORE = 80;
const SHOWN = 240;

/** How many lines of a log are shown. */
const LINES = 3;

/**
 * Returns the lines of each log that contain something they must not, shortened and without secrets. The worst leak
 * comes first in `found`: a line is shown for the worst of what it contains, and lines with the same kind are marked.
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

function excerpt(leak: Leak): string {
  const shown = redacted(leak.line).replaceAll('\n', ' ');
  const from = beginning(shown, leak);
  const part = shown.slice(from, from + SHOWN);
  return `${from > 0 ? '…' : ''}${part}${from + SHOWN < shown.length ? '…' : ''}`;
}

/** Returns where an excerpt with the find begins; 0 if the find can't be read in the line as it is. */
function beginning(shown: string, { needle, isBegun }: Leak): number {
  const { kind, text } = needle;
  const wanted = kind === 'token' ? '…(a token)' : isBegun ? text.slice(0, BEGINNING) : text;
  const at = shown.toLowerCase().indexOf(wanted.toLowerCase());
  if (at !== -1) return Math.max(0, at - BEFORE);
  const starts = Array.from({ length: Math.ceil(shown.length / BEFORE) }, (_, index) => index * BEFORE);
  const hasFind = (part: string) => needlesIn(part, [needle]).length + disguisedIn(part, [needle]).length > 0;
  return starts.find((from) => hasFind(shown.slice(from, from + SHOWN))) ?? 0;
}
