import type { Lab } from '../../checking/lab.ts';

export const lambdaPermissions: Lab = {
  id: '02-lambda-permissions',
  title: 'What a function is allowed to do',
  complaint: 'I typed hello. It says "Internal server error".',
  tags: ['secure'],
  minutes: { all: 40, talking: 10 },
  load: () => import('./checks.ts'),
};
