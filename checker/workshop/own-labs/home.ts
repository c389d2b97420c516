import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { gameDayFolder, gameDayId } from '../game-day-folder.ts';

/** The variable that names the folder, for commands without `--labs` and for programs that they start. */
export const labsVariable = 'WEBSOCKET_LAB_LABS';

/** Returns the folder with your own labs, from `lab --labs` or the environment; undefined without either. */
export function ownFolder(): string | undefined {
  const { [labsVariable]: named } = process.env;
  return named === undefined || named === '' ? undefined : resolve(named);
}

/**
 * Returns the folder with a lab's `labs/<id>`, `solutions/<id>` and `checker/labs/<id>`: the workshop's, or your own. A
 * game day's `labs/gameday` is in a folder of its own.
 */
export function homeOf(root: string, lab: string): string {
  if (lab === gameDayId) return gameDayFolder(root);
  const own = ownFolder();
  return own !== undefined && existsSync(join(own, 'checker', 'labs', lab)) ? own : root;
}

/** Returns a path as shown to people: relative to the workshop's folder, with `/`. */
export function shownPath(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}
