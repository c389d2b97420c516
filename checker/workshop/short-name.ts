/** Returns the name that commands take for a lab: its number, or a game day's id. */
export function shortName(id: string): string {
  return /^\d+/.exec(id)?.[0] ?? id;
}
