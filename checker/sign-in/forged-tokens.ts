import type { Subject } from '../checking/check.ts';
import { userName } from '../probe/visitor-name.ts';
import { type Forgery, forge } from './forge.ts';
import { guests } from './guests.ts';
import { publicKeyOf } from './public-key.ts';

/**
 * Returns a token of each kind, forged from one of the stack's own. For `subject.once`: generating the forger's keys
 * takes a while.
 */
export async function forgedTokens(subject: Subject): Promise<Readonly<Record<Forgery, string>>> {
  const { ada, client } = await subject.once(guests);
  const publicKey = await publicKeyOf(subject, client.poolId, ada.tokens.id);
  // From an unused token: a room that accepts each token once would reject the forgeries for that reason alone.
  const { id: idToken } = await ada.signIn();
  const { poolId, clientId } = client;
  return forge({ idToken, publicKey, username: userName('Mallory'), poolId, clientId });
}
