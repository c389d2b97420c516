import type { Lab } from '../../checking/lab.ts';

export const wordsInTheLogLab: Lab = {
  id: '10-words-in-the-log',
  title: 'Words in the log',
  complaint: 'Why can support read what we said on Monday?',
  tags: ['secure', 'cost'],
  minutes: { all: 30, talking: 10 },
  load: () => import('./checks.ts'),
};
