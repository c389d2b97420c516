import type { Lab } from '../../checking/lab.ts';

export const spoofedSenderLab: Lab = {
  id: '05-spoofed-sender',
  title: 'The spoofed sender',
  complaint: 'I never wrote that.',
  tags: ['secure'],
  minutes: { all: 30, talking: 10 },
  load: () => import('./checks.ts'),
};
