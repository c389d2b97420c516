import type { Subject } from '../../checking/check.ts';
import { observeClientIds, observePool } from '../../observe/user-pool.ts';
import { signUp } from '../../sign-in/sign-up.ts';
import { type Outsider, outsidersToTry } from './outsiders.ts';
import type { GatedPool } from './sign-up-gate.ts';

/** An outsider who signed up with another client of the pool than the page's. */
export interface ByOtherClient extends Outsider {
  readonly clientId: string;
}

/**
 * Has an outsider sign up with each other client of a pool, until one is accepted, and returns that one. Cognito tells
 * the trigger which client it is, and anyone who knows a client's id can use it. Clients with a secret are left out:
 * outsiders don't know that.
 */
export async function acceptedByOtherClient(
  subject: Subject,
  { pool, gate }: GatedPool,
): Promise<ByOtherClient | undefined> {
  if (gate.trigger === undefined || gate.adminOnly) return undefined;
  for (const clientId of await observeClientIds(subject, pool.id)) {
    if (clientId === undefined || clientId === pool.clientId) continue;
    const settings = await observePool(subject, { id: pool.id, clientId });
    if (settings.clientSecret !== undefined) continue;
    const [outsider] = outsidersToTry();
    const client = { poolId: pool.id, clientId, flows: settings.flows };
    const signedUp = await signUp(subject, { client, settings }, outsider).catch(notWritable);
    if (signedUp?.admission.kind === 'accepted') return { ...outsider, ...signedUp, clientId };
  }
  return undefined;
}

/** A client may not be allowed to write an address. */
function notWritable(error: unknown): undefined {
  if (!(error instanceof Error) || error.name !== 'InvalidParameterException') throw error;
}
