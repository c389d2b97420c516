/** A piece of a sentence: words, or code. */
export type Piece = string | { readonly code: string };

/** Returns a piece that is shown as code. */
export function code(text: string): Piece {
  return { code: text };
}

/** Returns a duration in milliseconds in readable form: `0.2 ms`, `112 ms`, `1.4 s`. */
export function duration(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(0)} s`;
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms > 0 && ms < 0.05) return '<0.1 ms';
  return `${ms >= 100 ? ms.toFixed(0) : ms.toFixed(1)} ms`;
}

/** Returns a number with its noun: `1 row`, `2 rows`. */
export function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? noun : plural}`;
}

/** Returns the time of day: `14:05:57`, or `14:05:57.453`. */
export function timeOfDay(at: number | string, withMilliseconds = false): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return withMilliseconds ? `${time}.${String(date.getMilliseconds()).padStart(3, '0')}` : time;
}

/** Returns the beginning of an id, enough to distinguish it. */
export function short(id: string, length = 5): string {
  return id.length <= length + 1 ? id : `${id.slice(0, length)}…`;
}

/** Returns a text shortened to a width, in characters. */
export function fitted(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}
