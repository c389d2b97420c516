/** The names of a terminal's colors in a picture's style; the bright ones are the same. */
const COLORS: Readonly<Record<string, string>> = { 31: 'red', 32: 'green', 33: 'yellow', 36: 'cyan', 90: 'quiet' };

/** Text in one style. */
export interface Run {
  readonly text: string;
  readonly color?: string;
  readonly bold?: boolean;
}

type Style = Omit<Run, 'text'>;

// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's codes begin with one.
const CODES = /(\u001b\[[\d;]*[A-Za-z])/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const STYLE = /^\u001b\[([\d;]*)m$/;

/** Returns what a program printed for a terminal as text with colors, bold or dim, without any other control codes. */
export function terminalRuns(printed: string): Run[] {
  let style: Style = {};
  return printed.split(CODES).flatMap((part): Run[] => {
    const [, codes] = STYLE.exec(part) ?? [];
    if (codes !== undefined) style = codes.split(';').reduce(styled, style);
    else if (part !== '' && !part.startsWith('\u001b')) return [{ text: part, ...style }];
    return [];
  });
}

function styled(style: Style, code: string): Style {
  if (code === '' || code === '0') return {};
  if (code === '1') return { ...style, bold: true };
  if (code === '2') return { ...style, color: 'quiet' };
  if (code === '22') return { ...(style.color === undefined || style.color === 'quiet' ? {} : { color: style.color }) };
  if (code === '39') return { ...(style.bold === true ? { bold: true } : {}) };
  const color = COLORS[code] ?? COLORS[String(Number(code) - 60)];
  return color === undefined ? style : { ...style, color };
}

/** Returns a text with the characters escaped that mean something in HTML and XML. */
export function escapedText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
