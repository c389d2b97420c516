import type { Lab } from '../../checking/lab.ts';

export const noAuth: Lab = {
  id: '03-no-auth',
  title: 'Who gets in',
  complaint: 'There was a stranger in our meeting.',
  tags: ['secure'],
  minutes: { all: 60, talking: 15 },
  load: () => import('./checks.ts'),
};
