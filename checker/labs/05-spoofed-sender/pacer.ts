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

/** Paces messages so that the room's throttle doesn't reject the checker: that error would be nobody's mistake. */
export function pacer(throttle: Throttle | undefined, signal: AbortSignal): () => Promise<void> {
  if (throttle === undefined) return async () => {};
  const { rate, burst } = throttle;
  const free = burst / 2;
  const pause = Math.min(1000, 1000 / Math.max(1, rate / 2));
  let sent = 0;
  return async () => {
    sent += 1;
    if (sent > free) await forAMoment(pause, signal);
  };
}
