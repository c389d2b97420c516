import { randomInt } from 'node:crypto';
import type { Room, Subject } from '../../checking/check.ts';
import { observeOtherActions } from '../../observe/other-actions.ts';
import { doorClaims } from '../../probe/door-claims.ts';
import { joinWithClaims } from '../../probe/join-with-claims.ts';
import { makeOld, untilForgotten } from '../../probe/rows.ts';
import { type SourceWords, sourceWords } from '../../probe/source-words.ts';
import { visit } from '../../probe/visit.ts';
import { guests } from '../../sign-in/guests.ts';
import { ticketFor, tickets } from '../../sign-in/tickets.ts';
import { talkAsKnownUsers } from './as-known-users.ts';
import { talkAsClients, talkAtTheDoor } from './at-the-door.ts';
import { type Attempt, attempt } from './attempt.ts';
import { afterward, attempts, fewAttempts, oneByOne, plain } from './attempts.ts';
import { subjectOf, textsBeside } from './facts.ts';
import { mayMeanAnything } from './kinds.ts';
import { observeSpeakingLimit, pacer } from './pacer.ts';
import { forAction } from './read-by-handlers.ts';
import { rejectionOf, wrongIn } from './rounds.ts';
import type { Participant } from './said.ts';
import { type Conversation, type Ended, isWrong, type Say, talkOf } from './talk.ts';

/**
 * Ada and Grace sign in, connect, and send messages, with and without claiming to be somebody else; Linus listens. Then
 * Radia does it at the handshake, says there that she uses a client that the room trusts, or has a username that it may
 * trust, and Edsger does it with other actions. Ends with the first message that goes wrong. Rejects with a RefusedError if one of them is rejected at the
 * handshake.
 */
export async function converse(subject: Subject, room: Room): Promise<Conversation> {
  const [ticketOf, throttle, otherActions] = await Promise.all([
    tickets(subject),
    observeSpeakingLimit(subject, room),
    observeOtherActions(subject, room),
  ]);
  const pace = pacer(throttle, subject.signal);
  const source = sourceWords(subject.sources());
  const named = await (await subject.once(guests)).invite('Linus', { claims: true });
  const away: string[] = [];
  const spoken = await visit(subject, room.address, async (inside) => {
    // A room may trust those whose client isn't a browser, or who have been there for long. Both send every claim.
    const isBrowser = randomInt(2) === 0;
    const isAdaOld = randomInt(2) === 0;
    const adas = { ...(await ticketOf('Ada')), isBrowser };
    const adaComesBack = async () => inside.join('Ada', { ...(await ticketOf('Ada')), isBrowser });
    const ada = { label: 'Ada', person: await inside.join('Ada', adas), isOld: isAdaOld, comeBack: adaComesBack };
    // A name at the handshake counts no more than a name in a message.
    const ticket = async () => ({ ...(await ticketOf('Grace')), isBrowser: !isBrowser });
    const graces = await joinWithClaims(inside, 'Grace', ticket, doorClaims());
    const graceComesBack = async () => inside.join('Grace', await ticket());
    const grace = { label: 'Grace', ...graces, isOld: !isAdaOld, comeBack: graceComesBack };
    // A room may trust only those who are alone with somebody, and it may use a name that people write themselves.
    const person = await inside.join('Linus', await ticketFor(named));
    const linus = { label: 'Linus', person, profile: named.profile };
    await makeOld(subject, (isAdaOld ? ada : grace).person.name);
    const talk = talkOf(subject, inside, [ada, grace, linus], pace);
    away.push(grace.person.name);
    const { ended, isSilent } = await sayAll(talk.say, {
      ada,
      grace,
      linus,
      facts: [...(await textsBeside(subject, ada.person.name)), ...subjectOf(adas)],
      row: await textsBeside(subject, grace.person.name),
      source,
    });
    return talk.end({ ended, isSilent });
  });
  if (spoken.isCutShort === true || isWrong(spoken)) return spoken;
  for (const talk of [talkAtTheDoor, talkAsClients, talkAsKnownUsers]) {
    const atTheDoor = await talk(subject, room, { ticket: () => ticketOf('Radia'), pace });
    if (isWrong(atTheDoor)) return { ...atTheDoor, rounds: [...spoken.rounds, ...atTheDoor.rounds] };
  }
  if (otherActions.length === 0) return spoken;
  await untilForgotten(subject, away);
  const elsewhere = await visit(subject, room.address, async (inside) => {
    // Nobody else meets them: another route can mute or block whoever is named in a message.
    const join = async (label: string) => inside.join(label, await ticketOf(label));
    const comeBack = () => join('Edsger');
    const speaker = { label: 'Edsger', person: await join('Edsger'), comeBack };
    const other = { label: 'Barbara', person: await join('Barbara') };
    const talk = talkOf(subject, inside, [speaker, other], pace);
    // Another route can return what others really said before.
    for (const action of otherActions) await talk.ask(speaker, attempt('another action', [], undefined, action));
    // Another route can store a name for the messages that follow, and it can be free because its owner has left.
    const named = [other.person.name, ...away].flatMap((name) => [
      ...otherActions.flatMap((action) => forAction(action, { other: name, source })),
      afterward(name),
    ]);
    for (const each of named) if (wrongIn(await talk.say(speaker, each, false)) !== undefined) break;
    return talk.end({ ended: false, isSilent: false });
  });
  const { conversation } = isWrong(elsewhere) ? elsewhere : spoken;
  return { rounds: [...spoken.rounds, ...elsewhere.rounds], conversation };
}

interface Scene {
  readonly ada: Participant;
  readonly grace: Participant;
  readonly linus: Participant;
  readonly facts: readonly string[];
  readonly row: readonly string[];
  readonly source: SourceWords;
}

/** Sends one message after the other, until one goes wrong. */
async function sayAll(say: Say, { ada, grace, linus, facts, row, source }: Scene): Promise<Ended> {
  let rejects: ReturnType<typeof rejectionOf>;
  const goesWrong = async (speaker: Participant, attempt: Attempt): Promise<boolean> => {
    const round = await say(speaker, attempt, rejects === 'silent');
    if (wrongIn(round) !== undefined) return true;
    const how = mayMeanAnything(attempt.kind) ? undefined : rejectionOf(round);
    if (how === 'silent' || rejects === undefined) rejects = how ?? rejects;
    // People who have got the next message have most likely got every copy of this one.
    return rejects === 'silent' && wrongIn(await say(speaker, plain(), true)) !== undefined;
  };
  const all = async (speaker: Participant, more: readonly Attempt[]): Promise<boolean> => {
    for (const attempt of more) if (await goesWrong(speaker, attempt)) return true;
    return false;
  };
  const [adas, graces] = [ada.person.name, grace.person.name];
  // A room may trust only the first message of a connection, so Grace's first one claims something.
  const [first, ...others] = fewAttempts({ other: adas, source });
  const ended =
    (await goesWrong(ada, plain())) ||
    // Nobody has claimed anything yet, so a wrong name is the room's own.
    (await goesWrong(linus, plain())) ||
    (first !== undefined && (await goesWrong(grace, first))) ||
    (await all(ada, attempts({ own: adas, facts, other: graces, row, source }))) ||
    (rejects !== undefined && (await all(ada, oneByOne(source)))) ||
    (await all(grace, others)) ||
    // The room may have stored a claimed name.
    (await goesWrong(grace, plain())) ||
    (await goesWrong(ada, plain()));
  return { ended, isSilent: rejects === 'silent' };
}
