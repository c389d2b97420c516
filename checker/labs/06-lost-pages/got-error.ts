import type { AmongGhosts } from '../../probe/among-ghosts.ts';
import { quoted } from '../../probe/frames.ts';

/** Continues "Ada sent a message": ` and got an error: …`, or `, and Grace got an error: …`. */
export function gotError(speaker: string, { who, text }: NonNullable<AmongGhosts['told']>): string {
  return `${who === speaker ? ' and' : `, and ${who}`} got an error: ${quoted(text)}`;
}
