import type { AnyCheck } from '../../checking/check.ts';
import { roomIsDeployed } from '../room-is-deployed.ts';
import { unknownActionIsNamed } from './unknown-action-is-named.ts';

const lab = 'NN-name';

export const checks: readonly AnyCheck[] = [roomIsDeployed(lab), unknownActionIsNamed];

export const failsAtStart = ['unknown-action-is-named'];
