import type { Finding, Judgement, Room, Subject } from '../checking/check.ts';
import { observeStage, type Throttle } from '../observe/routes.ts';

/** A room that admits fewer requests than this, per second or at once, is too small for a team. */
const FEWEST = 5;

const again = 'Wait a minute and run the command again.';

/** The stage itself admits almost nobody. */
export const throttled: Finding = {
  id: 'throttled',
  hints: [
    'API Gateway rejected somebody before it asked any function: 429 means that there were too many requests.',
    'How many requests does the stage admit, per second and at once? Look for `throttle` in stack.ts.',
    "A handshake is a request, and so is each message. Everyone in the room shares the stage's limits, so a few requests per second are gone when three people join. Without `throttle`, the limits of your account apply. From lab 7 on, each route needs limits, but higher ones.",
    'How your files differ from the solution:',
  ],
};

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
      finding: throttled,
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
