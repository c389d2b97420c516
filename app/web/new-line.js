import { element } from './element.js';

const mark = element('p', 'new', 'New');
mark.setAttribute('role', 'separator');
mark.ariaLabel = 'New messages';

/** Draws a separator above `line`, the first unseen one. It stays until the reader misses more, or sends a message. */
export function drawNewLine(line) {
  const day = line.querySelector('.day');
  if (day === null) line.prepend(mark);
  else day.after(mark);
}

export function eraseNewLine() {
  mark.remove();
}

/** Returns how far the separator is above the top of `scroll`, in pixels: 0 if it is visible, below, or not drawn. */
export function newLineAbove(scroll) {
  if (!mark.isConnected) return 0;
  return Math.max(0, scroll.getBoundingClientRect().top - mark.getBoundingClientRect().top);
}

/** Scrolls to the separator. Returns false if it isn't drawn. */
export function showNewLine() {
  if (!mark.isConnected) return false;
  mark.scrollIntoView({ block: 'start' });
  return true;
}
