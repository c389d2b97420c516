import { quoted } from '../../probe/frames.ts';
import { shortened } from '../../probe/shortened.ts';
import { inList } from '../among-ghosts.ts';
import { type Hardship, heardBy, type Round, type Wrong } from './rounds.ts';

const DESPITE: Readonly<Record<Hardship, string>> = {
  pages: 'Meanwhile, each read of a table or an index returned one row.',
  'failing read': 'Meanwhile, the practice account let the first read of each table fail with a ValidationException.',
  'stale row': 'Before, the check had put the row of somebody who left that channel back into the table.',
  'no rows': 'The check had deleted the rows of everyone in that channel.',
};

/** Returns what went wrong in a conversation, in words. */
export function inWords(wrong: Wrong): string {
  const { speaker, channel, claims, told, elsewhere, outside, named = {}, noticed = [], instead } = wrong.round;
  const about = 'a frame about it (its sender, its channel or its id)';
  const it = noticed.length === 0 ? 'it' : noticed.length === outside.length ? about : `it or ${about}`;
  const text = claims?.isText === true ? ` ${claims.where}` : '';
  const said = `${speaker} sent a message${text} in the channel "${channel}"`;
  switch (wrong.kind) {
    case 'leaked':
      return `${said}. ${inList(outside)} got ${it}, but ${isOrAre(outside)} in ${where([...new Set(outside.map((who) => elsewhere[who] ?? ''))])}.${whyIn(wrong.round)}`;
    case 'claim believed': {
      const sent = `${speaker} is in the channel "${channel}" and sent a message`;
      const those = `${inList(outside)}, who ${isOrAre(outside)} in`;
      if (claims?.isText === true) return `${sent}${text}. ${those} another channel, got ${it}.`;
      const says = claims?.says ?? `"${claims?.channel}"`;
      const isThere = outside.every((who) => elsewhere[who] === claims?.channel);
      return `${sent} with ${says} ${claims?.where}. ${those} ${isThere && claims?.says === undefined ? 'that channel' : 'another channel'}, got ${it}: the room trusted the message.`;
    }
    case 'name believed':
      return `${said}. ${inList(outside)} got ${it}, but ${isOrAre(outside)} in ${where([...new Set(outside.map((who) => elsewhere[who] ?? ''))])} and only named "${channel}" ${inList([...new Set(outside.map((who) => named[who] ?? ''))])}.`;
    case 'moved':
      return `After messages that named another channel, ${speaker} sent an ordinary one in the channel "${channel}". ${inList(outside)} got ${it}, but ${isOrAre(outside)} in ${where([...new Set(outside.map((who) => elsewhere[who] ?? ''))])}: the room moves whoever names a channel.`;
    case 'error':
      return wrong.missed.length === 0
        ? `${said}. Everyone there got it, but ${speaker} got an error anyway: ${quotedWords(told)}.`
        : `${said} and got an error: ${quotedWords(told)}. ${inList(wrong.missed)} didn't get the message.`;
    case 'missed':
      if (instead !== undefined) return `${said}. People got something else: ${shortened(instead)}`;
      if ((claims === undefined || claims.isText === true) && heardBy(wrong.round).length === 0)
        return `${said}. Nobody got it, not even ${speaker}, and there was no error.`;
      return claims === undefined || claims.isText === true
        ? `${said}. ${inList(wrong.missed)} ${isOrAre(wrong.missed)} there, too, but didn't get it.`
        : `${said} that names "${claims.channel}" ${claims.where}. ${inList(wrong.missed)} didn't get it, but others did. Such a message must reach everyone in the channel, or nobody.`;
    case 'twice':
      return `${said} once, but ${wrong.who} got it ${wrong.times} times.`;
  }
}

/** Returns what is special about a message that leaked, as a sentence. */
function whyIn({ speaker, channel, alsoIn, alsoInside = [], despite, outside }: Round): string {
  if (despite !== undefined) return ` ${DESPITE[despite]}`;
  if (alsoIn !== undefined) return ` ${ownersOf([speaker])} also has a tab in "${alsoIn}".`;
  const both = outside.filter((who) => alsoInside.includes(who));
  return both.length === 0
    ? ''
    : ` ${ownersOf(both)} also ${both.length === 1 ? 'has a tab' : 'have tabs'} in "${channel}".`;
}

/** Returns whose tabs these are: Ada's, if one is "Ada's second tab". */
function ownersOf(tabs: readonly string[]): string {
  return inList(tabs.map((label) => label.replace(/'s .*$/, '')));
}

/** Returns the channels that people are in: the name, if it is one. */
function where([channel, ...more]: readonly string[]): string {
  return more.length === 0 ? `the channel "${channel}"` : 'other channels';
}

function quotedWords(told = ''): string {
  return quoted(JSON.stringify({ message: told }));
}

function isOrAre({ length }: readonly string[]): string {
  return length === 1 ? 'is' : 'are';
}
