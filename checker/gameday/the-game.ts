import { LabError, UsageError } from '../failures/errors.ts';
import type { Complaint } from './complaints.ts';
import { type Game, gameOf } from './game.ts';
import { readRecord } from './record.ts';

/** Returns the game of a workshop. Rejects with a LabError if there's none. */
export async function theGame(root: string): Promise<Game> {
  const game = gameOf(await readRecord(root));
  if (game === undefined) throw new LabError('There is no game day yet.', '`npx lab gameday` starts one.');
  return game;
}

/** Returns the game that runs. Rejects with a LabError if there's none, or if it's over. */
export async function theRunningGame(root: string): Promise<Game> {
  const game = await theGame(root);
  const isOver = game.ended !== undefined || (game.endsAt !== undefined && Date.now() >= game.endsAt);
  if (isOver) throw new LabError('The game day is over.', '`npx lab gameday report` shows how it went.');
  return game;
}

/** Returns a complaint by its number, or the one that has been open the longest. Rejects if there's none. */
export function complaintOf({ complaints }: Game, number: number | undefined): Complaint {
  const made = complaints.filter(({ openedAt }) => openedAt !== undefined);
  const found = made.find((each) => (number === undefined ? each.closedAt === undefined : each.number === number));
  if (found !== undefined) return found;
  const next = '`npx lab gameday status` shows the complaints.';
  if (number === undefined) throw new LabError('Nobody is complaining right now.', next);
  throw new UsageError(`There is no complaint ${number}.`, next);
}
