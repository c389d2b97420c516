import type { Subject } from '../checking/check.ts';
import type { Caller } from '../probe/knock.ts';
import { userName } from '../probe/visitor-name.ts';
import { type Forgery, forge, reworded } from './forge.ts';
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

/** A forgery that only a room takes that has seen the genuine token. */
export const REWORDED = 'a token that was admitted before, with another name in it';

/** Returns somebody who changes a token of Ada's right after she has connected with it. */
export async function reworder(subject: Subject): Promise<Caller<typeof REWORDED>> {
  const { ada } = await subject.once(guests);
  // Used only here: a room may accept each token once.
  const { id: token } = await ada.signIn();
  const username = userName('Mallory');
  const after = { kind: 'her own token', label: 'Ada', token, username: ada.username };
  return { kind: REWORDED, token: reworded(token, username), username, after };
}
