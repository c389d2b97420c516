import { element } from './element.js';

/** Messages from one person within this time are grouped. */
const TOGETHER_FOR = 5 * 60_000;
/** Lines beyond this number are dropped: a page may stay open for days. */
const MOST_LINES = 500;

const log = document.getElementById('log');
const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });

/**
 * The log's entries, in order: `{ line, at, said }`. `line` is the element; only messages have `said`, `{ from, own, time }`.
 */
const entries = [];

/**
 * Inserts a line by its time, because messages can arrive out of order; lines with equal times stay in order of arrival. A
 * line without `at` goes last: errors and notes have the time of this machine's clock, which can differ from the room's.
 */
export function place({ line, at, said }) {
  const entry = { line, said, at: at ?? entries.at(-1)?.at ?? Number.NEGATIVE_INFINITY };
  const index = entries.findLastIndex((other) => other.at <= entry.at) + 1;
  log.insertBefore(line, entries[index]?.line ?? null);
  entries.splice(index, 0, entry);
  decorate(index);
  const next = entries.findIndex((other, position) => position > index && other.said !== undefined);
  if (next !== -1) decorate(next);
  if (entries.length > MOST_LINES) entries.shift().line.remove();
}

/** Removes a line. */
export function remove(line) {
  const index = entries.findIndex((entry) => entry.line === line);
  if (index === -1) return;
  entries.splice(index, 1);
  line.remove();
}

/** Removes everything. */
export function clearTimeline() {
  entries.length = 0;
  log.replaceChildren();
}

/** Shows the date above a message if it changed, and hides the sender's name if the previous message has the same. */
function decorate(index) {
  const { line, said } = entries[index];
  if (said === undefined) return;
  const before = entries.findLast((other, position) => position < index && other.said !== undefined)?.said;
  // Without a date above it, the first message is today's.
  const isNewDay = (before?.time ?? new Date()).toDateString() !== said.time.toDateString();
  line.querySelector('.day')?.remove();
  if (isNewDay) line.prepend(dayOf(said.time));
  const previous = entries[index - 1]?.said;
  const isTogether =
    !isNewDay && previous?.from === said.from && previous.own === said.own && said.time - previous.time < TOGETHER_FOR;
  line.classList.toggle('follows', isTogether);
}

function dayOf(date) {
  const day = element('p', 'day');
  const time = element('time', undefined, days.format(date));
  const twoDigits = (number) => String(number).padStart(2, '0');
  time.dateTime = `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
  day.append(time);
  return day;
}
