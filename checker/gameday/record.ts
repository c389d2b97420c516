import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Result } from '../checking/result.ts';
import { gameDayFolder } from '../workshop/game-day-folder.ts';
import type { Planned } from './plan.ts';

/** A game's events, in order. Times are ISO 8601. */
export type Happened = { readonly at: string } & (
  | {
      readonly kind: 'planned';
      readonly format: 1;
      readonly seed: number;
      readonly minutes: number;
      readonly complaints: readonly Planned[];
    }
  /**
   * The game's files are written. From now on they are the player's; here are their texts at the start, by their path
   * in the game's folder.
   */
  | { readonly kind: 'laid out'; readonly files?: Readonly<Record<string, string>> }
  /** Somebody complained; complaints count from 1. */
  | { readonly kind: 'complained'; readonly complaint: number }
  /** `changed`: a digest of each file that changed since the game began, by its path in the game's folder. */
  | { readonly kind: 'deployed'; readonly changed: Readonly<Record<string, string>> }
  /** The results of the checks, by id. The first one starts the clock. */
  | { readonly kind: 'looked'; readonly checks: Readonly<Record<string, Result['status']>> }
  | { readonly kind: 'hinted'; readonly complaint: number }
  | { readonly kind: 'answered'; readonly complaint: number; readonly notOurs: true }
  | { readonly kind: 'ended'; readonly why: 'all solved' | 'time is over' | 'ended early' }
);

/** An event without its time: the record adds it. */
export type Happening = Happened extends infer Event ? (Event extends Happened ? Omit<Event, 'at'> : never) : never;

/** Returns the path of a game's record, in a workshop's folder. */
export function recordIn(root: string): string {
  return join(gameDayFolder(root), 'record.jsonl');
}

/** Returns the events so far; empty if there's no game. Ignores a line that a killed process left incomplete. */
export async function readRecord(root: string): Promise<Happened[]> {
  const text = await readFile(recordIn(root), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return '';
  });
  return text.split('\n').flatMap((line) => parsed(line) ?? []);
}

/** Returns the names of a game's faults. */
export function plantedIn(record: readonly Happened[]): string[] {
  const planned = record.find((event) => event.kind === 'planned');
  if (planned?.kind !== 'planned') return [];
  return planned.complaints.filter(({ isOurs }) => isOurs).map(({ about }) => about);
}

/**
 * Appends to the record. Resolves when it's on disk. Several processes can append at the same time: each line is one
 * write.
 */
export async function addToRecord(root: string, happening: Happening, at = new Date()): Promise<void> {
  const path = recordIn(root);
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a+');
  try {
    const { kind, ...more } = happening;
    const line = `${JSON.stringify({ kind, at: at.toISOString(), ...more })}\n`;
    await file.write((await endsInLine(file)) ? line : `\n${line}`);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Whether the file is empty or its last line complete: a new line must not continue an incomplete one. */
async function endsInLine(file: Awaited<ReturnType<typeof open>>): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() === '\n';
}

function parsed(line: string): Happened | undefined {
  try {
    const event = JSON.parse(line) as Partial<Happened> | null;
    return typeof event?.kind === 'string' && !Number.isNaN(Date.parse(event.at ?? ''))
      ? (event as Happened)
      : undefined;
  } catch {
    return undefined;
  }
}
