import type { Lab } from '../../checking/lab.ts';
import { LabError } from '../../failures/errors.ts';
import { gameDayLab } from '../../gameday/lab.ts';
import { type LabAtHand, labAtHand } from '../../workshop/lab-at-hand.ts';
import { findLab } from '../../workshop/lab-name.ts';
import { type Progress, readProgress } from '../../workshop/progress.ts';
import { shortName } from '../../workshop/short-name.ts';
import type { Program } from '../program.ts';

const reasons: Readonly<Record<LabAtHand['why'], string | undefined>> = {
  here: 'whose folder this is',
  watched: 'which `npm start` watched last',
  edited: 'which you edited last',
  'first to do': undefined,
};

/**
 * Returns the lab that was named. Without a name, returns the current one, and says which it is if that isn't simply
 * the first unfixed one. Rejects if progress can't be read, unless the command `goesOn`: it then only says so. With
 * `gameDay`, `gameday` names the room of a game day.
 */
export async function chosenLab(
  { root, say }: Pick<Program, 'root' | 'say'>,
  name: string | undefined,
  { goesOn = false, gameDay = false } = {},
): Promise<Lab> {
  if (gameDay && name === gameDayLab.id) return gameDayLab;
  if (name !== undefined) return findLab(name);
  const { labs } = await readProgress(root).catch((error: unknown) => {
    if (!goesOn || !(error instanceof LabError)) throw error;
    say(`${error.message} ${error.next}`);
    return { labs: {} as Progress['labs'] };
  });
  const found = await labAtHand(root, labs);
  if (found === undefined) throw new LabError('This workshop has no labs.', 'Get a fresh copy of it.');
  const { lab, why } = found;
  const reason = reasons[why];
  if (reason !== undefined) say(`Lab ${shortName(lab.id)}, ${reason}.`);
  return lab;
}
