import { escapedText, type Run, terminalRuns } from './terminal-runs.ts';

/** Returns what a program printed for a terminal as HTML: its colors, bold and dim text, and no other control codes. */
export function terminalHtml(printed: string): string {
  return terminalRuns(printed).map(spanned).join('');
}

function spanned({ text, color, bold }: Run): string {
  const escaped = escapedText(text);
  if (color === undefined && bold !== true) return escaped;
  const rules = [
    ...(color === undefined ? [] : [`color: var(--${color})`]),
    ...(bold === true ? ['font-weight: 700'] : []),
  ];
  return `<span style="${rules.join('; ')}">${escaped}</span>`;
}
