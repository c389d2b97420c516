import type { Judgement, Room, Subject } from '../checking/check.ts';
import { observeStage, type Throttle } from '../observe/routes.ts';

/** A room that admits fewer requests than this, per second or at once, is too small for a team. */
const FEWEST = 5;

const again = 'Wait a minute and run the command again.';

/** How many the stage admits, if somebody was throttled for that. */
export async function observeThrottle(
  subject: Pick<Subject, 'target'>,
  room: Room,
  status: number | undefined,
): Promise<{ throttle?: Throttle }> {
  if (status !== 429) return {};
  const { throttle } = await observeStage(subject, room);
  return { throttle };
}

/**
 * Returns the judgment of a handshake that was throttled (429); undefined for any other status. It decides nothing if
 * API Gateway throttled the whole account and region, which is nobody's mistake. If the stage itself admits almost
 * nobody, that is a mistake.
 */
export function turnedAway(status: number | undefined, room: Room, throttle?: Throttle): Judgement | undefined {
  if (status !== 429) return undefined;
  if (throttle !== undefined && (throttle.rate < FEWEST || throttle.burst < FEWEST)) {
    const { rate, burst } = throttle;
    return {
      outcome: 'failed',
      actual: `Somebody was throttled (429): the stage ${room.stageName} admits ${inWords(throttle)}, which is too low for a room (\`throttle\`).`,
      evidence: [
        {
          source: 'GetStage',
          about: `${room.apiId}/${room.stageName}`,
          lines: [`the route $connect: ThrottlingRateLimit ${rate}, ThrottlingBurstLimit ${burst}`],
          marked: [0],
        },
      ],
      at: room.stage ?? room.api,
    };
  }
  return {
    outcome: 'inconclusive',
    reason: 'The room is being throttled and rejected the checker (429).',
    next:
      throttle === undefined
        ? again
        : `${again} The stage ${room.stageName} admits ${inWords(throttle)} (\`throttle\`). If this keeps happening, raise these limits.`,
  };
}

/** Other routes can have other limits. */
function inWords({ rate, burst }: Throttle): string {
  return `${rate} ${rate === 1 ? 'handshake' : 'handshakes'} a second and ${burst} at once`;
}
