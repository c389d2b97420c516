import { keepingUp } from './scrolling.js';

/** Messages from one person within this time are grouped. */
const TOGETHER_FOR = 5 * 60_000;
const HUES = 8;
/** Lines beyond this number are dropped: a page may stay open for days. */
const MOST_LINES = 500;

const log = document.getElementById('log');
const empty = document.getElementById('empty');
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

const seen = new Set();
const lines = [];
let last;

/** Shows a message. `own`: whether the reader sent it. */
export function showMessage({ from, text, at, id, own }) {
  if (id !== undefined) {
    if (seen.has(id)) return;
    seen.add(id);
    if (seen.size > MOST_LINES) seen.delete(seen.values().next().value);
  }
  const together = last?.from === from && last.own === own && at - last.at < TOGETHER_FOR;
  const said = element('p', 'said');
  if (together) said.append(element('span', 'visually-hidden', `${own ? 'You' : from}: `));
  said.append(text);
  said.title = calendar.format(at);
  const how = { counts: !own, follow: own };
  const group = together ? last.group : groupOf(from, at, own);
  if (together) add(group, said, how);
  else {
    group.append(said);
    add(log, group, how, said);
  }
  last = { from, own, at, group };
}

/** Shows an error. `detail` is for whoever repairs the room. */
export function showError({ text, detail }) {
  const line = element('div', 'error');
  const words = element('p', undefined);
  words.append(element('strong', undefined, "That didn't work. "), text);
  line.append(words);
  if (detail !== undefined) line.append(element('p', 'detail', detail));
  add(log, line, { counts: true, follow: true });
  last = undefined;
}

/** Shows something about the room itself, such as a gap in the messages. */
export function showNote(text) {
  const note = element('p', 'note', text);
  add(log, note, { counts: false, follow: false });
  last = undefined;
}

/** Removes all messages, for a new visit. */
export function clearMessages() {
  log.replaceChildren();
  seen.clear();
  lines.length = 0;
  last = undefined;
  empty.hidden = false;
}

function groupOf(from, at, own) {
  const group = element('div', own ? 'group own' : 'group');
  const face = element('span', 'face', [...from.trim()][0]?.toUpperCase() ?? '?');
  face.ariaHidden = 'true';
  face.dataset.hue = hueOf(from);
  const who = element('p', 'who');
  who.append(element('span', 'name', from));
  if (own) who.append(' ', element('span', 'you', 'you'));
  const time = element('time', undefined, clock.format(at));
  time.dateTime = at.toISOString();
  who.append(' ', time);
  group.append(face, who);
  return group;
}

/** `line` is what counts as one: in a new group, its first message. */
function add(to, made, how, line = made) {
  keepingUp(how, () => {
    empty.hidden = true;
    to.append(made);
    lines.push(line);
    if (lines.length > MOST_LINES) forget(lines.shift());
  });
}

function forget(line) {
  const group = line.closest('.group');
  line.remove();
  if (group?.querySelector('.said') === null) group.remove();
}

/** What people write arrives as `text`, and is inserted as text. */
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className !== undefined) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function hueOf(name) {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + character.codePointAt(0)) % 9973;
  return String(hash % HUES);
}
