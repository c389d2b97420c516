import type { Evidence } from '../../checking/check.ts';
import { shortened } from '../../probe/shortened.ts';
import { claimsOf, type Round, type Wrong } from './rounds.ts';

// Where a name was claimed, to be shown beside the conversation.

/** Lists the fields that had the name, if it's unclear which of them the room trusted. */
export function fieldsIn(wrong: Wrong): Evidence[] {
  if (wrong.kind !== 'spoofed' || wrong.fields.length < 2) return [];
  const about = `the fields with ${JSON.stringify(wrong.from)}`;
  return [{ source: 'message', about, lines: [wrong.fields.join(', ')] }];
}

/** Lists the fields of an earlier message that had the name, if the last message claimed nothing. */
export function claimedBefore(wrong: Wrong, rounds: readonly Round[]): Evidence[] {
  if (wrong.kind !== 'spoofed' || rounds.at(-1)?.kind !== 'plain') return [];
  const { from } = wrong;
  const fieldsOf = (round: Round) => claimsOf(round).flatMap(({ path, value }) => (value === from ? path : []));
  const earlier = rounds.filter((round) => fieldsOf(round).length > 0).at(-1);
  if (earlier === undefined) return [];
  const which = earlier.kind === 'without text' ? 'an earlier message without a text' : 'an earlier message';
  const about = `the fields with ${JSON.stringify(from)} in ${which}`;
  return [{ source: 'message', about, lines: [shortened(fieldsOf(earlier).join(', '))] }];
}
