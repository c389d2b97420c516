const NEAR = 60;

const scroll = document.getElementById('scroll');
const button = document.getElementById('unread');
const title = document.title;
let unread = 0;

/**
 * Adds something at the end of the messages, and scrolls there if the reader was at the end, or with `follow`. Counts
 * what the reader doesn't see, if it `counts`.
 */
export function keepingUp({ counts, follow }, add) {
  const seesEnd = nearEnd();
  add();
  if (seesEnd || follow) toEnd();
  if (counts && (document.hidden || !nearEnd())) setUnread(unread + 1);
}

function nearEnd() {
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
}

function toEnd() {
  scroll.scrollTop = scroll.scrollHeight;
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
  toEnd();
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
