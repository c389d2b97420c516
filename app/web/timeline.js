import { element } from './element.js';

/** Messages of one person within this time stand together. */
const TOGETHER_FOR = 5 * 60_000;
/** The oldest lines are dropped beyond this many: a page may stay open for days. */
const MOST_LINES = 500;

const log = document.getElementById('log');
const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });

/**
 * What the log shows, in order: `{ line, at, said }`. `line` is its element; `said`, `{ from, own, time }`, is there for
 * messages only.
 */
const entries = [];

/**
 * Puts a line where its time belongs, since messages can arrive out of order; lines with equal times keep the order in which
 * they came. A line without `at` goes last and stays after what was shown before it: errors and notes have the time of this
 * machine's clock, which can differ from the room's.
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

/** Shows above a message which day it is, if that changed, and hides its sender's name if the message before it has the same. */
function decorate(index) {
  const { line, said } = entries[index];
  if (said === undefined) return;
  const before = entries.findLast((other, position) => position < index && other.said !== undefined)?.said;
  // Without a day above it, the first message is today's.
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
