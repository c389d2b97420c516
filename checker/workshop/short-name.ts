/** Returns how a command calls a lab: by its number, and a game day by its id. */
export function shortName(id: string): string {
  return /^\d+/.exec(id)?.[0] ?? id;
}
