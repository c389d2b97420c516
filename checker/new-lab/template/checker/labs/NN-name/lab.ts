import type { Lab } from '../../checking/check.ts';
import { roomIsDeployed } from '../room-is-deployed.ts';
import { unknownActionIsNamed } from './unknown-action-is-named.ts';

const id = 'NN-name';

export const newLab: Lab = {
  id,
  title: 'TITLE',
  complaint: 'I made a typo, and the room did not say which word it did not know.',
  checks: [roomIsDeployed(id), unknownActionIsNamed],
  failsAtStart: ['unknown-action-is-named'],
  draft: true,
};
