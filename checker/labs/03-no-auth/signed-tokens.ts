import type { Subject } from '../../checking/check.ts';
import { foreigners } from '../../sign-in/foreigners.ts';
import { oldToken } from './expired-token-is-refused.ts';

/** Tokens that Cognito signed. */
export interface Token {
  readonly kind: 'ID' | 'access' | 'expired' | 'of another client' | 'of another pool';
  readonly token: string;
}

/** A piece of a token that no other token has. */
export interface Piece extends Pick<Token, 'kind'> {
  readonly text: string;
  /** Whether it is from the middle of the signature: a log can leave out a token's end. */
  readonly isPart: boolean;
}

/** In characters. */
const PIECE = 40;

/** Returns the end of a token and the middle of its signature. */
export function piecesOf({ kind, token }: Token): Piece[] {
  const signature = token.slice(token.lastIndexOf('.') + 1);
  const from = Math.max(0, Math.floor((signature.length - PIECE) / 2));
  return [
    { kind, text: token.slice(-PIECE), isPart: false },
    { kind, text: signature.slice(from, from + PIECE), isPart: true },
  ];
}

/** Returns ID tokens that the room must reject, as far as there are any: a room can log only those. */
export async function uselessTokens(subject: Subject): Promise<Token[]> {
  const foreign = await subject.once(foreigners).catch(() => undefined);
  // Not at the same time: it sets the account's clock back, if it can.
  const old = await oldToken(subject).catch(() => undefined);
  subject.signal.throwIfAborted();
  const isExpired = old !== undefined && old.expired.getTime() <= Date.now();
  return [
    ...(isExpired ? [{ kind: 'expired' as const, token: old.token }] : []),
    ...(foreign === undefined
      ? []
      : [
          { kind: 'of another client' as const, token: foreign.ofAnotherClient },
          { kind: 'of another pool' as const, token: foreign.ofAnotherPool },
        ]),
  ];
}

/** What somebody brings. */
export const WITH: Readonly<Record<Token['kind'], string>> = {
  ID: 'her ID token',
  access: 'her access token',
  expired: 'an expired ID token',
  'of another client': 'an ID token of another client',
  'of another pool': 'an ID token of another user pool',
};
