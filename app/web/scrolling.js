import { drawNewLine, eraseNewLine, newLineAbove, showNewLine } from './new-line.js';

const NEAR = 60;

const scroll = document.getElementById('scroll');
const button = document.getElementById('unread');
const title = document.title;
let unread = 0;

/**
 * Adds a line to the messages, and scrolls to the end if the reader was there, or with `follow`. Counts what the reader
 * doesn't see, if it `counts`, and draws a separator above it.
 */
export function keepingUp({ counts, follow, line }, add) {
  const seesEnd = nearEnd();
  add();
  const isUnseen = counts && (document.hidden || !(seesEnd || follow));
  if (isUnseen && unread === 0) drawNewLine(line);
  if (seesEnd || follow) toEnd();
  if (isUnseen) setUnread(unread + 1);
}

/** Resets the count, for a new visit. */
export function clearUnread() {
  eraseNewLine();
  setUnread(0);
}

function nearEnd() {
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
}

/** Scrolls to the end; in a hidden tab, no further than the first unseen message. */
function toEnd() {
  scroll.scrollTop = scroll.scrollHeight;
  if (document.hidden) scroll.scrollTop -= newLineAbove(scroll);
}

function readToEnd() {
  if (unread > 0 && !document.hidden && nearEnd()) setUnread(0);
}

function setUnread(count) {
  unread = count;
  button.hidden = count === 0;
  button.textContent = count === 1 ? '1 new message' : `${count} new messages`;
  document.title = count === 0 ? title : `(${count}) ${title}`;
}

button.addEventListener('click', () => {
  if (!showNewLine()) toEnd();
  setUnread(0);
  document.getElementById('text').focus();
});
scroll.addEventListener('scroll', readToEnd);
document.addEventListener('visibilitychange', readToEnd);

// A phone's keyboard shrinks the room: stay at the end if the reader was there.
let height = scroll.clientHeight;
new ResizeObserver(() => {
  const lostHeight = height - scroll.clientHeight;
  height = scroll.clientHeight;
  if (scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR + lostHeight) toEnd();
}).observe(scroll);
