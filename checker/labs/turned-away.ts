import type { Judgement, Room, Subject } from '../checking/check.ts';
import { observeStage, type Throttle } from '../observe/routes.ts';

/** A room that takes fewer than so many, a second or at once, is no room for a team. */
const FEWEST = 5;

const again = 'Wait a minute and run the command again.';

/** How many the stage lets in, where somebody was turned away for that. */
export async function observeThrottle(
  subject: Pick<Subject, 'target'>,
  room: Room,
  status: number | undefined,
): Promise<{ throttle?: Throttle }> {
  if (status !== 429) return {};
  const { throttle } = await observeStage(subject, room);
  return throttle === undefined ? {} : { throttle };
}

/**
 * What a handshake that was answered with this status decides, where that is nothing: API Gateway throttles the whole
 * account and region too, and that is nobody's mistake in the room. Where the stage itself lets in next to nobody, it
 * is. Undefined for any other status.
 */
export function turnedAway(status: number | undefined, room: Room, throttle?: Throttle): Judgement | undefined {
  if (status !== 429) return undefined;
  if (throttle !== undefined && (throttle.rate < FEWEST || throttle.burst < FEWEST)) {
    const { rate, burst } = throttle;
    return {
      outcome: 'failed',
      actual: `Somebody was turned away (429): the stage ${room.stageName} lets in ${rate} a second and ${burst} at once, which is too few for a room (\`throttle\`).`,
      evidence: [
        {
          source: 'GetStage',
          about: room.apiId,
          lines: [`${room.stageName}: ThrottlingRateLimit ${rate}, ThrottlingBurstLimit ${burst}`],
          marked: [0],
        },
      ],
      at: room.stage ?? room.api,
    };
  }
  return {
    outcome: 'inconclusive',
    reason: 'The room turned the checker away since it is asked too much at this moment (429).',
    next:
      throttle === undefined
        ? again
        : `${again} The stage ${room.stageName} itself lets in ${throttle.rate} a second and ${throttle.burst} at once (\`throttle\`): where this stays, allow more.`,
  };
}
