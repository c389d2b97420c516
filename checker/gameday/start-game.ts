import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError, UsageError } from '../failures/errors.ts';
import { writeWhole } from '../process/write-whole.ts';
import { layOutIn } from '../prove/lay-out.ts';
import { count } from '../report/words.ts';
import { gameDayFolder, gameDayId } from '../workshop/game-day-folder.ts';
import { type Game, gameOf } from './game.ts';
import { startFiles } from './game-files.ts';
import { plan } from './plan.ts';
import { addToRecord, type Happened, readRecord, recordIn } from './record.ts';

export interface GameOptions {
  readonly seed?: number;
  readonly faults?: number;
  readonly minutes?: number;
}

/** A game as people play it who know the labs. */
const usual = { faults: 3, minutes: 60 } as const;

export interface Started {
  readonly game: Game;
  readonly isNew: boolean;
  /** Files that were missing, and are as they were at the start again: `gameday/labs/gameday/stack.ts`. */
  readonly restored: readonly string[];
}

/**
 * Returns the game that runs, or starts one. A game that ended is put aside first. Rejects with a UsageError if another
 * game runs than the options ask for.
 */
export async function startOrResume(root: string, options: GameOptions): Promise<Started> {
  let record = await readRecord(root);
  let game = gameOf(record);
  const isNew = game === undefined || game.ended !== undefined;
  if (isNew) {
    const { seed = randomInt(1, 10_000), faults = usual.faults, minutes = usual.minutes } = options;
    const complaints = plan({ seed, count: faults, minutes });
    await putAside(root);
    // Once this is written, there's a game; its files follow from it.
    await addToRecord(root, { kind: 'planned', format: 1, seed, minutes, complaints });
    record = await readRecord(root);
    game = gameOf(record);
  } else if (game !== undefined) refuseOther(game, options);
  if (game === undefined) throw new LabError(`${recordIn(root)} can't be read back.`, 'Move the folder away.');
  const isLaidOut = record.some(({ kind }) => kind === 'laid out');
  const restored = isLaidOut ? await restoreMissing(root, record) : [];
  if (!isLaidOut) await layOutGame(root, record);
  return { game, isNew, restored };
}

/** `seed 7, 3 faults, 60 minutes` */
export function inWords({ seed, minutes, complaints }: Game): string {
  return [`seed ${seed}`, count(faultsIn(complaints), 'fault'), count(minutes, 'minute')].join(', ');
}

function faultsIn(complaints: Game['complaints']): number {
  return complaints.filter(({ isOurs }) => isOurs).length;
}

function refuseOther(game: Game, options: GameOptions): void {
  const { seed, minutes, complaints } = game;
  const faults = faultsIn(complaints);
  const { seed: otherSeed = seed, minutes: otherMinutes = minutes, faults: otherFaults = faults } = options;
  if (otherSeed === seed && otherMinutes === minutes && otherFaults === faults) return;
  throw new UsageError(
    `A game day is running: ${inWords(game)}.`,
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
  const files = new Map([
    ...(await startFiles(root, record)),
    [`labs/${gameDayId}/README.md`, readme],
    ['tsconfig.json', await readFile(join(root, 'tsconfig.json'), 'utf8')],
  ]);
  await layOutIn(gameDayFolder(root), root, files);
  await addToRecord(root, { kind: 'laid out', files: Object.fromEntries(files) });
}

/**
 * Writes the files that the player deleted as they were at the start, and returns their paths: no `git checkout` has
 * them.
 */
async function restoreMissing(root: string, record: readonly Happened[]): Promise<string[]> {
  const folder = gameDayFolder(root);
  const missing = [...(await startFiles(root, record))].filter(([path]) => !existsSync(join(folder, path)));
  for (const [path, text] of missing) await writeWhole(join(folder, path), text);
  return missing.map(([path]) => `${gameDayId}/${path}`);
}

const readme = `# Game day

This is the whole room, and several things in it are broken. The stack is \`stack.ts\`, the handlers are in
\`../../app/functions\`. Save a file, and it's deployed and checked. [How to play](../../../docs/gameday.md)
`;
