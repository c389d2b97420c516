import { element } from './element.js';

const mark = element('p', 'new', 'New');
mark.setAttribute('role', 'separator');
mark.ariaLabel = 'New messages';

/** Draws a line above what the reader has not seen, from `line` on. It stays until more is missed later, or they say something. */
export function drawNewLine(line) {
  const day = line.querySelector('.day');
  if (day === null) line.prepend(mark);
  else day.after(mark);
}

export function eraseNewLine() {
  mark.remove();
}

/** Returns how far the line is above the top of `scroll`, in pixels: 0 if it can be seen, is below, or isn't drawn. */
export function newLineAbove(scroll) {
  if (!mark.isConnected) return 0;
  return Math.max(0, scroll.getBoundingClientRect().top - mark.getBoundingClientRect().top);
}

/** Scrolls to the line. Returns false if there is none. */
export function showNewLine() {
  if (!mark.isConnected) return false;
  mark.scrollIntoView({ block: 'start' });
  return true;
}
