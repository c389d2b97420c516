import type { Lab } from '../../checking/lab.ts';

export const lostPages: Lab = {
  id: '06-lost-pages',
  title: 'Lost pages',
  complaint: 'Half of us never hear anything.',
  tags: ['robust', 'available'],
  minutes: { all: 40, talking: 10 },
  load: () => import('./checks.ts'),
};
