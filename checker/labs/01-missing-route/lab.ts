import type { Lab } from '../../checking/lab.ts';

export const missingRoute: Lab = {
  id: '01-missing-route',
  title: 'The missing route',
  complaint: "I typed hello. The room said it doesn't understand me.",
  tags: ['available'],
  minutes: { all: 30, talking: 5 },
  load: () => import('./checks.ts'),
};
