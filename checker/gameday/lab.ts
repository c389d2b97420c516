import type { Lab } from '../checking/lab.ts';
import { gameDayId } from '../workshop/game-day-folder.ts';

/** The room of a game day, with the labs' checks. */
export const gameDayLab: Lab = {
  id: gameDayId,
  title: 'Game day',
  complaint: 'Several things are broken at once.',
  load: () => import('./checks.ts'),
};
