import type { Evidence } from '../../checking/check.ts';
import { redacted } from '../../sign-in/redacted.ts';
import type { Leak } from './found-in-logs.ts';

/** How much of a line is shown, in characters: before the find, and in all. */
const BEFORE = 80;
const SHOWN = 240;

/** Returns the lines of each log that contain something they must not, shortened and without secrets. */
export function evidenceOf(found: readonly Leak[]): Evidence[] {
  return [...new Set(found.map(({ group }) => group))].map((group) => {
    const leaks = found.filter((each) => each.group === group);
    const lines = [...new Map(leaks.map((leak) => [leak.line, leak])).values()];
    return { source: 'log', about: group, lines: lines.slice(0, 3).map(excerpt), marked: [0] };
  });
}

function excerpt({ line, needle: { kind, text } }: Leak): string {
  const shown = redacted(line).replaceAll('\n', ' ');
  const at = kind === 'token' ? shown.indexOf('…(a token)') : shown.indexOf(text);
  const from = Math.max(0, at - BEFORE);
  const part = shown.slice(from, from + SHOWN);
  return `${from > 0 ? '…' : ''}${part}${from + SHOWN < shown.length ? '…' : ''}`;
}
