import { exitCode } from '../../failures/errors.ts';
import { gameDocument } from '../../gameday/document.ts';
import { theGame } from '../../gameday/the-game.ts';
import { renderGame } from '../../report/game-day.ts';
import type { Program } from '../program.ts';

/** `lab gameday status [--json]`: prints the open complaints, since when, and what was deployed. Calls no account. */
export async function gamedayStatus(program: Program, { json = false }: { readonly json?: boolean }): Promise<number> {
  if (!json) await printStatus(program);
  else program.print(JSON.stringify({ schema: 1, ...gameDocument(await theGame(program.root)) }, undefined, 2));
  return exitCode.fixed;
}

/** Prints the state of the game. */
export async function printStatus({ root, print }: Pick<Program, 'root' | 'print'>): Promise<void> {
  const document = gameDocument(await theGame(root));
  for (const line of renderGame(document, Date.now(), process.stdout.columns || 80)) print(line);
}
