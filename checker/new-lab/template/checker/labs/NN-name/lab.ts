import type { Lab } from '../../checking/check.ts';
import { roomIsDeployed } from '../room-is-deployed.ts';
import { unknownActionIsNamed } from './unknown-action-is-named.ts';

const id = 'NN-name';

export const newLab: Lab = {
  id,
  title: 'TITLE',
  complaint: "I made a typo, and the room didn't say which word was wrong.",
  checks: [roomIsDeployed(id), unknownActionIsNamed],
  failsAtStart: ['unknown-action-is-named'],
  draft: true,
};
