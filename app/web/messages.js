import { element } from './element.js';
import { faceOf } from './face.js';
import { withLinks } from './links.js';
import { eraseNewLine } from './new-line.js';
import { clearUnread, keepingUp } from './scrolling.js';
import { clearTimeline, place, remove } from './timeline.js';

/** The number of ids that are remembered, to show each message once. */
const MOST_IDS = 500;

const empty = document.getElementById('empty');
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

const seen = new Set();

/** Shows a message. `own`: whether the reader sent it. */
export function showMessage({ from, text, at, id, own }) {
  if (id !== undefined) {
    if (seen.has(id)) return;
    seen.add(id);
    if (seen.size > MOST_IDS) seen.delete(seen.values().next().value);
  }
  if (own) eraseNewLine();
  const line = lineOf('message', bubbleOf({ from, text, at, own }));
  line.classList.toggle('own', own);
  add({ line, at: at.getTime(), said: { from, own, time: at } }, { counts: !own, follow: own });
}

/**
 * Shows the reader's own message that the room didn't deliver, as far as the page knows. `onAgain` is called when they
 * send it again. Returns a function that removes it.
 */
export function showUnsent({ from, text, at, onAgain }) {
  const again = element('button', 'plain again', 'Send again');
  again.type = 'button';
  again.onclick = onAgain;
  const why = element('p', 'why');
  why.append(element('span', undefined, 'Not delivered'), again);
  const line = lineOf('message', ...bubbleOf({ from, text, at, own: true }), why);
  line.classList.add('own', 'unsent');
  add({ line }, { counts: false, follow: true });
  return () => remove(line);
}

/** Shows an error. `detail` is for whoever repairs the room. */
export function showError({ text, detail }) {
  const words = element('p');
  words.dir = 'auto';
  words.append(element('strong', undefined, "That didn't work. "), text);
  const parts = detail === undefined ? [words] : [words, element('p', 'detail', detail)];
  add({ line: lineOf('error', ...parts) }, { counts: true, follow: true });
}

/** Shows something about the room itself, such as a gap in the messages. */
export function showNote(text) {
  add({ line: lineOf('note', element('p', undefined, text)) }, { counts: false, follow: false });
}

/** Removes all messages, for a new visit. */
export function clearMessages() {
  clearTimeline();
  clearUnread();
  seen.clear();
  empty.hidden = false;
}

/** A line of the log, with space above for the date and the separator of unread messages. */
function lineOf(kind, ...parts) {
  const line = element('div', 'line');
  const body = element('div', kind);
  body.append(...parts.flat());
  line.append(body);
  return line;
}

function bubbleOf({ from, text, at, own }) {
  const who = element('p', 'who');
  who.append(element('bdi', 'name', from));
  if (own) who.append(' ', element('span', 'you', 'you'));
  const time = element('time', undefined, clock.format(at));
  time.dateTime = at.toISOString();
  who.append(' ', time);
  const said = element('p', 'said');
  said.dir = 'auto';
  said.append(...withLinks(text));
  said.title = calendar.format(at);
  return [faceOf(from), who, said];
}

function add(entry, how) {
  keepingUp({ ...how, line: entry.line }, () => {
    empty.hidden = true;
    place(entry);
  });
}
