import { escapedText, type Run, terminalRuns } from './terminal-runs.ts';

const FONT_SIZE = 13;
const LINE_HEIGHT = 19;
/** How wide a character is at that size, in the widest of the fonts. */
const CHARACTER = 7.85;
const PADDING = 16;

const LIGHT =
  '--back:#f5f3fa;--line:#cfc9e0;--ink:#231d35;--quiet:#625a7a;--red:#a3172f;--green:#17693a;--yellow:#7a5200;--cyan:#0b5f77';
const DARK =
  '--back:#1c1828;--line:#4a4363;--ink:#efecf8;--quiet:#b5adcb;--red:#ff9cab;--green:#7ee2a0;--yellow:#f0c060;--cyan:#7fd4ea';

/**
 * Returns what a program printed for a terminal as an SVG picture with real text. As a file, it is light or dark as the
 * system is; on the site, the class `terminal` lets the site's own switch decide.
 */
export function terminalSvg(printed: string, label: string): string {
  const lines = linesOf(terminalRuns(printed.trimEnd()));
  const columns = Math.max(...lines.map((line) => line.reduce((sum, { text }) => sum + [...text].length, 0)));
  const width = Math.ceil(columns * CHARACTER + 2 * PADDING);
  const height = lines.length * LINE_HEIGHT + 2 * PADDING;
  const texts = lines.flatMap((line, index) => {
    const y = PADDING + FONT_SIZE + index * LINE_HEIGHT;
    return line.length === 0 ? [] : [`<text x="${PADDING}" y="${y}">${line.map(spanned).join('')}</text>`];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="terminal" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${escapedText(label)}</title>`,
    '<style>',
    `svg.terminal{${LIGHT}}`,
    `@media (prefers-color-scheme:dark){svg.terminal{${DARK}}}`,
    `svg.terminal text{fill:var(--ink);font:${FONT_SIZE}px ui-monospace,"SF Mono","Cascadia Mono",Menlo,"DejaVu Sans Mono",Consolas,monospace;white-space:pre}`,
    'svg.terminal .b{font-weight:700}',
    ...['quiet', 'red', 'green', 'yellow', 'cyan'].map((color) => `svg.terminal .${color}{fill:var(--${color})}`),
    '</style>',
    `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="10" fill="var(--back)" stroke="var(--line)"/>`,
    ...texts,
    '</svg>',
    '',
  ].join('\n');
}

/** Runs can continue over the end of a line. */
function linesOf(runs: readonly Run[]): Run[][] {
  const lines: Run[][] = [[]];
  for (const run of runs) {
    for (const [index, text] of run.text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (text !== '') lines.at(-1)?.push({ ...run, text });
    }
  }
  return lines;
}

function spanned({ text, color, bold }: Run): string {
  const classes = [...(color === undefined ? [] : [color]), ...(bold === true ? ['b'] : [])];
  const escaped = escapedText(text);
  return classes.length === 0 ? `<tspan>${escaped}</tspan>` : `<tspan class="${classes.join(' ')}">${escaped}</tspan>`;
}
