import type { Room, Subject } from '../../checking/check.ts';
import { forAMoment } from '../../checking/run.ts';
import { speakingKey } from '../../observe/route-selection.ts';
import type { Throttle } from '../../observe/routes.ts';
import { observeStageSettings } from '../../observe/stage-settings.ts';

/** Returns how many messages the stage admits; undefined if it has no limit of its own. */
export async function observeSpeakingLimit(subject: Subject, room: Room): Promise<Throttle | undefined> {
  const { DefaultRouteSettings, RouteSettings } = await observeStageSettings(subject, room);
  const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = {
    ...DefaultRouteSettings,
    ...RouteSettings?.[speakingKey(room)],
  };
  return rate === undefined || burst === undefined ? undefined : { rate, burst };
}

/** The share of the stage's rate that the checker uses: AWS applies it on a best-effort basis. */
const SHARE = 3 / 4;

/**
 * Paces messages so that the room's throttle doesn't reject the checker: that error would be nobody's mistake. Call the
 * result before each message.
 */
export function pacer(throttle: Throttle | undefined, signal: AbortSignal): () => Promise<void> {
  if (throttle === undefined) return async () => {};
  const pauseAt = pauses(throttle);
  return async () => {
    const pause = pauseAt(performance.now());
    if (pause > 0) await forAMoment(pause, signal);
  };
}

/**
 * Returns a function that returns how long to wait before the next message, in milliseconds, if one is due now. A token
 * bucket like API Gateway's, of half its size: a pause fills it again. `now` is in milliseconds on a monotonic clock.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-protect.html
 */
export function pauses({ rate, burst }: Throttle): (now: number) => number {
  const perMs = Math.max(1, rate * SHARE) / 1000;
  const size = burst / 2;
  let tokens = size;
  let last = Number.NEGATIVE_INFINITY;
  return (now) => {
    tokens = Math.min(size, tokens + (now - last) * perMs) - 1;
    last = now;
    return Math.max(0, -tokens / perMs);
  };
}
