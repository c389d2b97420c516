import chalk from 'chalk';

/**
 * Characters that move a cursor, color text, open links or reverse text. Names, messages, log lines and errors come
 * over the network, and anyone can put these into them.
 * https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const controls = /(?![\t\n])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** The workshop's own: chalk's colors, and the links of `link.ts`. */
const own = /(\p{Cc}\[[\d;]*m|\p{Cc}\]8;;[!-~]*\p{Cc}\\)/u;

/** Returns the text with each control character escaped, as in JSON: `\u001b`. */
export function escapeControls(text: string): string {
  const lines = text.replaceAll('\r\n', '\n');
  return lines.replace(controls, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Returns a printable line: with the workshop's own colors and links if this reader supports any, and no other control
 * character.
 */
export function printable(line: string, { colors = chalk.level > 0, links = true } = {}): string {
  return line
    .split(own)
    .map((part, at) => {
      const isOwn =
        at % 2 === 1 &&
        part.replaceAll('\u001b', '') === part.replace(controls, '') &&
        (part.includes(']8;;') ? links : colors);
      return isOwn ? part : escapeControls(part);
    })
    .join('');
}
