import { join } from 'node:path';

/** The id of a game day's room, in the place of a lab's: its stack is `chat-gameday`. */
export const gameDayId = 'gameday';

/** Returns the folder of the game day in a workshop: a workshop of its own, with `labs/gameday` and `app/functions`. */
export function gameDayFolder(root: string): string {
  return join(root, gameDayId);
}
