import type { Lab } from '../../checking/lab.ts';

export const newLab: Lab = {
  id: 'NN-name',
  title: 'TITLE',
  complaint: "I made a typo, and the room didn't say which word was wrong.",
  draft: true,
  load: () => import('./checks.ts'),
};
