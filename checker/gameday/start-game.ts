import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError, UsageError } from '../failures/errors.ts';
import { asLaidOut, layOutIn } from '../prove/lay-out.ts';
import { gameDayFolder, gameDayId } from '../workshop/game-day-folder.ts';
import { type Game, gameOf } from './game.ts';
import { plan } from './plan.ts';
import { planted } from './planted.ts';
import { addToRecord, type Happened, plantedIn, readRecord, recordIn } from './record.ts';

export interface GameOptions {
  readonly seed?: number;
  readonly faults?: number;
  readonly minutes?: number;
}

/** A game as people play it who know the labs. */
const usual = { faults: 3, minutes: 60 } as const;

/**
 * Returns the game that runs, or starts one. A game that ended is put aside first. Rejects with a UsageError if another game
 * runs than the options ask for.
 */
export async function startOrResume(root: string, options: GameOptions): Promise<{ game: Game; isNew: boolean }> {
  let record = await readRecord(root);
  let game = gameOf(record);
  const isNew = game === undefined || game.ended !== undefined;
  if (isNew) {
    const { seed = randomInt(1, 10_000), faults: count = usual.faults, minutes = usual.minutes } = options;
    const complaints = plan({ seed, count, minutes });
    await putAside(root);
    // Once this is written, there's a game; its files follow from it.
    await addToRecord(root, { kind: 'planned', format: 1, seed, minutes, complaints });
    record = await readRecord(root);
    game = gameOf(record);
  } else if (game !== undefined) refuseOther(game, options);
  if (game === undefined) throw new LabError(`${recordIn(root)} can't be read back.`, 'Move the folder away.');
  if (!record.some(({ kind }) => kind === 'laid out')) await layOutGame(root, record);
  return { game, isNew };
}

function refuseOther({ seed, minutes, complaints }: Game, options: GameOptions): void {
  const count = complaints.filter(({ isOurs }) => isOurs).length;
  const { seed: otherSeed = seed, minutes: otherMinutes = minutes, faults: otherCount = count } = options;
  if (otherSeed === seed && otherMinutes === minutes && otherCount === count) return;
  throw new UsageError(
    `A game day is running: seed ${seed}, ${count} faults, ${minutes} minutes.`,
    '`npx lab gameday` resumes it; `npx lab gameday end` ends it.',
  );
}

/** Moves a game that ended to `.lab/gameday/`, named by when it was planned. */
async function putAside(root: string): Promise<void> {
  const folder = gameDayFolder(root);
  if (!existsSync(folder)) return;
  const [first] = await readRecord(root);
  if (first === undefined) {
    throw new LabError(
      `${folder} already exists, and contains no game day.`,
      'Move it away: a game day needs that name.',
    );
  }
  const past = join(root, '.lab', 'gameday');
  await mkdir(past, { recursive: true });
  await rename(folder, join(past, first.at.replace(/[:.]/g, '-')));
}

/** Writes the game's files, once: a resumed game keeps the player's edits. */
async function layOutGame(root: string, record: readonly Happened[]): Promise<void> {
  const folder = gameDayFolder(root);
  await layOutIn(folder, root, asLaidOut(gameDayId, await planted(root, plantedIn(record))));
  await writeFile(join(folder, 'labs', gameDayId, 'README.md'), readme);
  await addToRecord(root, { kind: 'laid out' });
}

const readme = `# Game day

This is the whole room, and several things in it are broken. The stack is \`stack.ts\`, the handlers are in
\`../../app/functions\`. Save a file, and it's deployed and checked. [How to play](../../../docs/gameday.md)
`;
