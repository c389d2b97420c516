import type { Lab } from '../../checking/lab.ts';

export const staleConnections: Lab = {
  id: '04-stale-connections',
  title: 'Stale connections',
  complaint: 'Since Grace\'s train went into the tunnel, every message I send comes back "Internal server error".',
  tags: ['robust'],
  minutes: { all: 45, talking: 10 },
  load: () => import('./checks.ts'),
};
