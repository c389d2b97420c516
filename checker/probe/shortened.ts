/** How much of a line to show: a message can have a text of 4 KB, or claim a hundred names. */
const LONGEST = 300;

/** Returns the beginning of a line, as of a conversation, if it is long. */
export function shortened(line: string, { longest = LONGEST } = {}): string {
  return line.length <= longest ? line : `${line.slice(0, longest)} …`;
}
