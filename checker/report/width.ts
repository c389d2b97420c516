/** Characters that are letters by themselves: Latin ones, punctuation, arrows, lines and marks. */
const simple = /^[\0-~\u00a0-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u27bf]*$/;

/** Created on first use: that takes 15 ms, and few texts need it. */
let segmenter: Intl.Segmenter | undefined;

/** Splits a text into the letters that people see, of however many characters: an emoji, a letter with its accent. */
export function lettersOf(text: string): string[] {
  if (simple.test(text)) return text.split('');
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Returns how many terminal columns a text takes. */
export function widthOf(text: string): number {
  return lettersOf(text).reduce((width, letter) => width + widthOfLetter(letter), 0);
}

/** Returns a text padded with spaces to this width. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Returns how many of the letters fit into this many columns. */
export function fitting(letters: readonly string[], width: number): number {
  let taken = 0;
  const first = letters.findIndex((letter) => {
    taken += widthOfLetter(letter);
    return taken > width;
  });
  return first === -1 ? letters.length : first;
}

/** Unicode's wide blocks (https://www.unicode.org/reports/tr11/) and emoji take two columns. */
const wide =
  /^[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]|\ufe0f/u;

/** Characters that modify or join others take none. */
const without = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

function widthOfLetter(letter: string): number {
  if (letter <= '~') return 1;
  if (wide.test(letter)) return 2;
  return without.test(letter) ? 0 : 1;
}
