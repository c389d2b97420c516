import { setTimeout as wait } from 'node:timers/promises';
import type { Target } from '../aws/target.ts';

/** Milliseconds between two simulations on AWS. The limit isn't documented; it throttles at about five per second. */
const between = 500;

const next = new WeakMap<object, number>();

/**
 * Waits until IAM accepts another simulation: two per second on AWS and in its weather, immediately in a calm practice
 * account.
 */
export async function pace(
  { kind, clients, scale }: Pick<Target, 'kind' | 'clients' | 'scale'>,
  pause: (ms: number) => Promise<unknown> = wait,
): Promise<void> {
  if (kind !== 'aws' && scale === undefined) return;
  const now = performance.now();
  const at = Math.max(now, next.get(clients) ?? 0);
  next.set(clients, at + between / (scale ?? 1));
  if (at > now) await pause(at - now);
}
