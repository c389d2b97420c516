import type { Lab } from '../../checking/lab.ts';

export const leakyChannels: Lab = {
  id: '09-leaky-channels',
  title: 'Leaky channels',
  complaint: 'Sales reads our release talk.',
  tags: ['secure', 'cost'],
  minutes: { all: 45, talking: 10 },
  load: () => import('./checks.ts'),
};
