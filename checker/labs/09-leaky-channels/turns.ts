import { randomInt } from 'node:crypto';
import type { TwoChannels } from '../../sign-in/two-channels.ts';
import type { Claim } from './claims.ts';
import type { Member } from './said.ts';

/** The next message of somebody in a channel. */
export interface Turn {
  readonly channel: string;
  /** Who sends it, by when they joined the channel; by default anyone. */
  readonly speaks?: 'first' | 'last' | undefined;
  readonly claims?: (Claim & { readonly channel: string }) | undefined;
}

/** Who speaks in which channel, and what their messages claim. */
export interface Turns {
  /** One from each of two channels: a room can leak in one direction only, so both are tried first. */
  readonly first: readonly Turn[];
  readonly middle: readonly Turn[];
  /** Plain again, after the messages that named a channel. */
  readonly last: readonly Turn[];
}

/** Returns the turns of a conversation in two channels and a few others. */
export function turnsOf(members: readonly Member[], names: TwoChannels['names'], claims: readonly Claim[]): Turns {
  const [one, other] = names;
  const both = [
    { channel: one, elsewhere: other },
    { channel: other, elsewhere: one },
  ];
  const further = new Set(members.map(({ channel }) => channel).filter((channel) => !names.includes(channel)));
  // Ada, who joined the first channel first, is a member of both, and nobody in the other one is.
  const claiming = claims.flatMap((claim) =>
    (claim.isOwn || claim.isText ? both.slice(0, 1) : both).map(({ channel, elsewhere }) => {
      return {
        channel,
        speaks: channel === one ? ('first' as const) : undefined,
        claims: { ...claim, channel: elsewhere },
      };
    }),
  );
  // From each tab: a room can send to its speaker, and to one other connection of the same person.
  const besides = [...further].flatMap((channel): Turn[] =>
    inChannel(members, channel).length > 1
      ? [
          { channel, speaks: 'first' },
          { channel, speaks: 'last' },
        ]
      : [{ channel }],
  );
  return {
    first: names.map((channel) => ({ channel, speaks: 'first' })),
    middle: [...besides, ...claiming],
    // A message must not move anybody to the channel that it names. Two of these are Ada's, and two are for one of her
    // tabs each: who gets a message depends on the connection, not on the person.
    last: [
      { channel: one, speaks: 'first' },
      { channel: other, speaks: 'last' },
      { channel: one, speaks: 'last' },
      { channel: other, speaks: 'first' },
    ],
  };
}

/** Returns the people in a channel. */
export function inChannel(members: readonly Member[], wanted: string): Member[] {
  return members.filter(({ channel }) => channel === wanted);
}

/** Returns any of them. */
export function oneOf<T>(some: readonly T[]): T | undefined {
  return some[randomInt(Math.max(1, some.length))];
}
