/** How much of a line to show: a message can have a text of 4 KB, or claim a hundred names. */
const LONGEST = 300;

/** Returns the beginning of a line of a conversation, if it is long. */
export function shortened(line: string): string {
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)} …`;
}
