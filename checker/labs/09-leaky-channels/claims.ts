import { flagsIn } from '../../probe/flags.ts';
import { longText } from '../../probe/long-saying.ts';
import { commandsIn, isClaimable, MOST_CLAIMED, type SourceWords } from '../../probe/source-words.ts';
import { treesOf } from '../../probe/trees.ts';
import { unusualText } from './unusual-text.ts';

/** A way for a message to name a channel, or to be special in another way. */
export interface Claim {
  readonly where: string;
  /** `people` are the names of everyone outside the speaker's channel, or the ids of their connections. */
  fields?(channel: string, people: readonly string[]): Readonly<Record<string, unknown>>;
  /** The text, if it isn't only what its speaker says. */
  text?(words: string, channel: string, people: readonly string[]): string;
  /** What the fields say, if that's no channel. */
  readonly says?: string;
  /** Set if `people` are to be ids. */
  readonly byId?: true;
  /** Set if the fields are the handlers' own. Then the message can mean anything, and only its leaks count. */
  readonly isOwn?: true;
  /** Set if only the text of the message is unusual. */
  readonly isText?: true;
  /** Set if no room has a reason to reject the message. */
  readonly mustArrive?: true;
}

const one = ['channelId', 'channelName', 'destination', 'group', 'room', 'target', 'to', 'topic'];
const several = ['channels', 'groups'];

/** The fields in which a message can name a channel. */
export const claimFields = ['channel', ...one, ...several];

/** Returns these fields, each with the channel or a list of it. */
export function inClaimFields(channel: string): Record<string, unknown> {
  return {
    channel,
    ...Object.fromEntries(one.map((name) => [name, channel])),
    ...Object.fromEntries(several.map((name) => [name, [channel]])),
  };
}

/**
 * Returns ways to name a channel: the obvious field alone, then all others, then the text, then the commands and every
 * field that the handlers look for.
 */
export function claimsToTry(source: SourceWords): readonly Claim[] {
  const others = [toSomebody(source), toConnection(source), unusual(source), long];
  return [...usual, ...asOwnCommands(source), ...inOwnFields(source), ...asFlags(source), ...others];
}

const usual: readonly Claim[] = [
  { where: 'in the field channel', fields: (channel) => ({ channel }) },
  {
    where: `in the fields ${[...one, ...several].join(', ')}`,
    fields: (channel) => {
      const { channel: _, ...others } = inClaimFields(channel);
      return others;
    },
  },
  { where: 'after a # at the start of its text', text: (words, channel) => `#${channel} ${words}` },
  { where: 'after an @ at the start of its text', text: (words, channel) => `@${channel} ${words}` },
  { where: 'after /join at the start of its text', text: (words, channel) => `/join ${channel} ${words}` },
  { where: 'before a colon at the start of its text', text: (words, channel) => `${channel}: ${words}` },
  { where: 'after a # at the end of its text', text: (words, channel) => `${words} #${channel}` },
];

/** How many of the handlers' own commands are tried. */
const MOST_COMMANDS = 6;

/** Commands that probably delete something, or remove somebody. */
const HARMFUL = /^\P{L}*(?:ban|clear|close|delete|drop|erase|exit|forget|kick|leave|purge|quit|remove|reset|wipe)/iu;

/** Returns the commands that handlers look for, `!move` or `/history`, except those that can delete real content. */
export function ownCommands(source: SourceWords): string[] {
  return someCommands(source).filter((command) => !HARMFUL.test(command));
}

function someCommands({ values }: SourceWords): string[] {
  return commandsIn(values).slice(0, MOST_COMMANDS);
}

/** A room can look for a command that nobody could list in advance: `!move`. All are sent in made-up channels. */
function asOwnCommands(source: SourceWords): Claim[] {
  return someCommands(source).map((command) => {
    return {
      where: `after ${command} at the start of its text`,
      text: (words, channel) => `${command} ${channel} ${words}`,
    };
  });
}

/** Returns objects with a value wherever handlers read something. A room can believe a field that nobody could list. */
export function inOwnPlaces({ read, paths }: SourceWords, value: string): Array<Readonly<Record<string, unknown>>> {
  const others = read.filter((field) => !claimFields.includes(field)).map((field) => [field]);
  const own = [...paths, ...others].filter(([field = '']) => isClaimable(field)).slice(0, MOST_CLAIMED);
  return treesOf(own, () => value);
}

function inOwnFields(source: SourceWords): Claim[] {
  const where = 'in every field that your handlers read';
  return inOwnPlaces(source, '').map((_, index) => {
    return { where, isOwn: true, fields: (channel) => inOwnPlaces(source, channel)[index] ?? {} };
  });
}

/** A room can have messages for everyone: `"broadcast":true`, `"scope":"company"`. */
function asFlags(source: SourceWords): Claim[] {
  const fields = flagsIn(source);
  const says = 'true, or a value that your handlers look for,';
  return Object.keys(fields).length === 0
    ? []
    : [{ where: 'in every field that they read', says, isOwn: true, fields: () => fields }];
}

/** A room can send a copy to whom a field names: `"to":"grace"`. It can also reject such a message. */
function toSomebody(source: SourceWords): Claim {
  return {
    where: 'in every field that can name somebody',
    says: 'the name of somebody in another channel',
    isOwn: true,
    fields: (_, [somebody = '']) => ({ ...inClaimFields(somebody), ...inOwnPlaces(source, somebody)[0] }),
  };
}

/** The same with the id of a connection, to which a room can post without looking for its row. */
function toConnection(source: SourceWords): Claim {
  return { ...toSomebody(source), says: 'the id of a connection in another channel', byId: true };
}

/** A room can send a message to people in other channels because of its text. It can also reject such a text. */
function unusual(source: SourceWords): Claim {
  const where = 'that is 4 KB long, and mentions people and words in your handlers,';
  return { where, isText: true, text: (words, _, people) => unusualText(words, people, source) };
}

/** A room can also cut long texts, or send them elsewhere. */
const long: Claim = { where: 'that is 4 KB long', isText: true, mustArrive: true, text: longText };
