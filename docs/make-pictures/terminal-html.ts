/** What a color of a terminal is called in the style of a picture; the bright ones are the same. */
const COLORS: Readonly<Record<string, string>> = { 31: 'red', 32: 'green', 33: 'yellow', 36: 'cyan', 90: 'quiet' };

interface Style {
  readonly color?: string;
  readonly bold?: boolean;
}

/** Returns what a program printed for a terminal as HTML: its colors, bold and dim text, and no other control codes. */
export function terminalHtml(printed: string): string {
  let style: Style = {};
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's codes begin with one.
  return printed.split(/(\u001b\[[\d;]*[A-Za-z])/).reduce((html, part) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
    const [, codes] = /^\u001b\[([\d;]*)m$/.exec(part) ?? [];
    if (codes !== undefined) style = codes.split(';').reduce(styled, style);
    else if (!part.startsWith('\u001b')) return html + spanned(part, style);
    return html;
  }, '');
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

function spanned(text: string, { color, bold }: Style): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  if (escaped === '' || (color === undefined && bold !== true)) return escaped;
  const rules = [
    ...(color === undefined ? [] : [`color: var(--${color})`]),
    ...(bold === true ? ['font-weight: 700'] : []),
  ];
  return `<span style="${rules.join('; ')}">${escaped}</span>`;
}
