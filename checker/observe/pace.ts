import { setTimeout as wait } from 'node:timers/promises';
import type { Target } from '../aws/target.ts';

/** Milliseconds between two simulations on AWS. No page says how many it takes; it throttles at about five a second. */
const between = 500;

const next = new WeakMap<object, number>();

/** Waits until IAM takes another simulation: two a second on AWS and in its weather, at once on a calm practice account. */
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
