import { redacted } from '../sign-in/redacted.ts';

/** How much of a token identifies it, in characters. */
const PIECE = 40;

/**
 * Returns whether a text exposes a token, a key or a password: one of these, a piece of one, or anything that looks
 * like one. A token's header is the same for all, so it is not secret.
 */
export function hasSecret(text: string, secrets: readonly string[] = []): boolean {
  return redacted(text) !== text || secrets.some((secret) => piecesOf(secret).some((piece) => text.includes(piece)));
}

function piecesOf(secret: string): string[] {
  const [, ...parts] = secret.split('.');
  if (parts.length !== 2) return [secret];
  return parts.flatMap((part) => part.match(new RegExp(`.{${PIECE}}`, 'g')) ?? []);
}
