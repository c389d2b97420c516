import { isClaimable, MOST_CLAIMED, type SourceWords } from '../../probe/source-words.ts';
import { treesOf } from '../../probe/trees.ts';

/** A way for a message to name a channel. */
export interface Claim {
  readonly where: string;
  fields?(channel: string): Readonly<Record<string, unknown>>;
  /** What comes before the text. */
  prefix?(channel: string): string;
  /** Set if the fields are the handlers' own. Then the message can mean anything, and only its leaks count. */
  readonly isOwn?: true;
}

const one = ['channelId', 'channelName', 'destination', 'group', 'room', 'target', 'to', 'topic'];
const several = ['channels', 'groups'];

/** The fields in which a message can name a channel. */
export const claimFields = ['channel', ...one, ...several];

/**
 * Returns ways to name a channel: the obvious field alone, then all others, then the text, then the commands and every
 * field that the handlers look for.
 */
export function claimsToTry(source: SourceWords): readonly Claim[] {
  return [...usual, ...asOwnCommands(source), ...inOwnFields(source)];
}

const usual: readonly Claim[] = [
  { where: 'in the field channel', fields: (channel) => ({ channel }) },
  {
    where: `in the fields ${[...one, ...several].join(', ')}`,
    fields: (channel) => ({
      ...Object.fromEntries(one.map((name) => [name, channel])),
      ...Object.fromEntries(several.map((name) => [name, [channel]])),
    }),
  },
  { where: 'after a # at the start of its text', prefix: (channel) => `#${channel} ` },
  { where: 'after an @ at the start of its text', prefix: (channel) => `@${channel} ` },
  { where: 'after /join at the start of its text', prefix: (channel) => `/join ${channel} ` },
];

/** How many of the handlers' own commands are tried. */
const MOST_COMMANDS = 6;

/** A room can look for a command that nobody could list in advance: `!move`. */
function asOwnCommands({ values }: SourceWords): Claim[] {
  const commands = values.map((value) => String(value).trim()).filter((value) => /^[^\p{L}\p{N}\s]\p{L}/u.test(value));
  return [...new Set(commands)].slice(0, MOST_COMMANDS).map((command) => {
    return { where: `after ${command} at the start of its text`, prefix: (channel) => `${command} ${channel} ` };
  });
}

/** A room can believe a field that nobody could list in advance. */
function inOwnFields({ read, paths }: SourceWords): Claim[] {
  const others = read.filter((field) => !claimFields.includes(field)).map((field) => [field]);
  const own = [...paths, ...others].filter(([field = '']) => isClaimable(field)).slice(0, MOST_CLAIMED);
  const where = 'in every field that your handlers read';
  return treesOf(own, () => '').map((_, index) => {
    return { where, isOwn: true, fields: (channel) => treesOf(own, () => channel)[index] ?? {} };
  });
}
