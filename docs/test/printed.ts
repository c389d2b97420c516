import { stripVTControlCharacters } from 'node:util';

/** Values that differ between runs and machines. A page shows an example, and any value of that kind matches it. */
const VARIABLE: ReadonlyArray<readonly [RegExp, string]> = [
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?/g, '<time>'],
  [/\b\d\d:\d\d:\d\d(?:\.\d+)?(?: [AP]M)?/g, '<time>'],
  [/\b\d+(?:\.\d+)? ?(?:ms|s|seconds?|minutes?)\b/g, '<duration>'],
  [/127\.0\.0\.1:\d+/g, '<address>'],
  [/execute-api\/[a-z0-9]{10}\b/g, 'execute-api/<api>'],
  [/\barn:aws:[^\s"',]+/g, '<arn>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uuid>'],
  [/\b[\w-]{15}=(?!\w)/g, '<connection>'],
  [/\bus-east-1_[A-Za-z0-9]{9}\b/g, '<pool>'],
  [/\bchat-[\w-]+-[A-Z]\w*?[A-F0-9]{8}-\w+/g, '<name>'],
  [/(?:\/[\w.-]+)+\/(?=(?:labs|app|checker|\.lab)\/)/g, '<folder>/'],
  [/(file:\/\/)\S+/g, '$1<file>'],
  [/\bpid \d+/g, 'pid <n>'],
];

/** Printed only if another program has the usual port, such as another copy of the workshop. */
const PORT_TAKEN = /^Port \d+ is taken by .*: the practice account uses another port\.$/;

/** Returns a line with placeholders for what varies, and with spaces and rulers collapsed. */
export function settled(line: string): string {
  const plain = stripVTControlCharacters(line);
  const told = VARIABLE.reduce((text, [pattern, name]) => text.replaceAll(pattern, name), plain);
  return told
    .replaceAll(/[━─█░]{2,}/g, '<bar>')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/**
 * Returns the first difference between what a page shows and what was printed; undefined if they agree. `…` in a line
 * stands for anything, and a line of `…` for any lines. Empty lines don't count. A page must show everything that was
 * printed, or `…`.
 */
export function difference(shown: readonly string[], printed: readonly string[]): string | undefined {
  const expected = shown.map(settled).filter((line) => line !== '');
  const actual = printed.map(settled).filter((line) => line !== '' && !PORT_TAKEN.test(line));
  return match(expected, actual);
}

function match(expected: readonly string[], actual: readonly string[]): string | undefined {
  let at = 0;
  let anything = false;
  for (const line of expected) {
    if (line === '…') {
      anything = true;
      continue;
    }
    const pattern = new RegExp(`^${line.split('…').map(escaped).join('.*')}$`);
    const found = actual.findIndex((candidate, index) => index >= at && pattern.test(candidate));
    if (found === -1 || (!anything && found !== at)) {
      return `the page shows "${line}", but the command printed "${actual[at] ?? 'nothing'}"`;
    }
    at = found + 1;
    anything = false;
  }
  if (!anything && at < actual.length) return `"${actual[at]}" was printed, but the page doesn't show it`;
  return undefined;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
