import type { Subject } from '../checking/check.ts';
import { userName } from '../probe/visitor-name.ts';
import { type Forgery, forge } from './forge.ts';
import { guests } from './guests.ts';
import { publicKeyOf } from './public-key.ts';

/** A token of each kind, forged after one of the stack's own. For `subject.once`: the keys of the forger take a while. */
export async function forgedTokens(subject: Subject): Promise<Readonly<Record<Forgery, string>>> {
  const { ada, client } = await subject.once(guests);
  const publicKey = await publicKeyOf(subject, client.poolId, ada.tokens.id);
  // One that nobody came with yet: a room that admits each token once would refuse the forgeries for that alone.
  const { id: idToken } = await ada.signIn();
  const { poolId, clientId } = client;
  return forge({ idToken, publicKey, username: userName('Mallory'), poolId, clientId });
}
