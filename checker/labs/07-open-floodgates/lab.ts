import type { Lab } from '../../checking/lab.ts';

export const openFloodgatesLab: Lab = {
  id: '07-open-floodgates',
  title: 'The open floodgates',
  complaint: "One script cost us a month's budget in an afternoon.",
  tags: ['cost'],
  minutes: { all: 30, talking: 10 },
  load: () => import('./checks.ts'),
};
