import type { Judgement } from '../check.ts';

/**
 * What a handshake that was answered with this status decides, where that is nothing: API Gateway throttles the whole
 * account and region too, and that is nobody's mistake in the room. Undefined for any other status.
 */
export function turnedAway(status: number | undefined): Extract<Judgement, { outcome: 'inconclusive' }> | undefined {
  if (status !== 429) return undefined;
  return {
    outcome: 'inconclusive',
    reason: 'The room turned the checker away since it is asked too much at this moment (429).',
    next: 'Wait a minute and run the command again.',
  };
}
