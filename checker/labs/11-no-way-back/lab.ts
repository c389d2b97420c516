import type { Lab } from '../../checking/lab.ts';

export const noWayBack: Lab = {
  id: '11-no-way-back',
  title: 'No way back',
  complaint: 'The history was deleted on Friday.',
  tags: ['available'],
  minutes: { all: 45, talking: 15 },
  load: () => import('./checks.ts'),
};
