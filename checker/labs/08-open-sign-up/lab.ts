import type { Lab } from '../../checking/lab.ts';

export const openSignUp: Lab = {
  id: '08-open-sign-up',
  title: 'The open sign-up',
  complaint: 'A rival joined with a free mail address.',
  tags: ['secure'],
  minutes: { all: 30, talking: 10 },
  load: () => import('./checks.ts'),
};
