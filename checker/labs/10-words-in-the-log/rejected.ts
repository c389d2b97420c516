import { randomBytes } from 'node:crypto';
import type { Subject } from '../../checking/check.ts';
import { functionNameIn } from '../../observe/routes.ts';
import { answers } from '../../probe/frames.ts';
import { RefusedError } from '../../probe/handshake.ts';
import type { Tickets } from '../../probe/join-all.ts';
import { type Needle, tokenNeedle } from '../../probe/needles.ts';
import { startNote } from '../../probe/notes.ts';
import type { Ticket, Visit } from '../../probe/visit.ts';
import { longUserName, madeUp, madeUpWord, userName } from '../../probe/visitor-name.ts';
import { addressOf } from '../../sign-in/company.ts';
import { makeUser } from '../../sign-in/guests.ts';
import { openPool } from '../../sign-in/open-pool.ts';
import { signIn } from '../../sign-in/sign-in.ts';
import { signUp } from '../../sign-in/sign-up.ts';

// What a room rejects must not be in a log either: a token is valid whether or not its owner is a member of a channel.

/** Attempts that the room rejects, and how often they invoked its functions. */
export interface Rejected {
  readonly needles: readonly Needle[];
  /** Handshakes that the authorizer rejected. */
  readonly refused: number;
  /** How many people sent a message under a name that is too long. */
  readonly spoke: number;
  /** The function that rejected a sign-up, if the pool has one. */
  readonly trigger?: string;
}

/**
 * Grace asks for a channel that she isn't in, somebody connects with a forged token, somebody's name is too long, and
 * an outsider signs up.
 */
export async function beRejected(subject: Subject, join: Visit['join'], ticketOf: Tickets): Promise<Rejected> {
  const needles: Needle[] = [];
  let refused = 0;
  const knocks = async (label: string, ticket: Ticket) => {
    try {
      const person = await join('Grace', { ...ticket, label });
      await person.leave();
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      if (error.status === 401 || error.status === 403) refused += 1;
    }
  };
  const { token, ...grace } = await ticketOf('Grace');
  if (token !== undefined) {
    needles.push(tokenNeedle(token, 'the token that Grace used to ask for another channel'));
    await knocks('Grace, in another channel,', { ...grace, token, channel: madeUpWord() });
    const signature = randomBytes(256).toString('base64url');
    const forged = [...token.split('.').slice(0, -1), signature].join('.');
    needles.push({ ...tokenNeedle(forged, 'a token with a wrong signature'), isInvalid: true });
    await knocks('Grace, with a wrong signature,', { ...grace, token: forged });
  }
  const [long, outsider] = [await speakUnderLongName(subject, join), await signUpInVain(subject)];
  return { refused, ...long, ...outsider, needles: [...needles, ...long.needles, ...outsider.needles] };
}

/** Somebody says something whose name is longer than the room allows. A room can reject them earlier, or never. */
async function speakUnderLongName(subject: Subject, join: Visit['join']): Promise<Pick<Rejected, 'needles' | 'spoke'>> {
  const { pool, client, settings } = await subject.once(openPool);
  // Cognito makes up the names of those who sign in with their address.
  if (settings.byAddress) return { needles: [], spoke: 0 };
  const [name, text] = [longUserName(), madeUpWord()];
  const needles: Needle[] = [
    { kind: 'name', text: name, called: 'a name that is too long' },
    { kind: 'word', text, called: 'a message from somebody whose name is too long' },
  ];
  try {
    const person = { name, address: addressOf(userName()) };
    const { username, password } = await makeUser(subject, pool.id, person, settings, startNote(subject, 'users'));
    const { id, access } = await signIn(subject, client, { username, password });
    const ticket = { token: id, username: name, secrets: [id, access, password], label: 'Ines, with a long name,' };
    const ines = await join('Ines', ticket);
    ines.say({ action: 'sendmessage', text });
    await ines.hears(answers(text));
    await ines.leave();
    return { needles, spoke: 1 };
  } catch (error) {
    const isRejected =
      error instanceof RefusedError || (error instanceof Error && error.name === 'UserLambdaValidationException');
    if (!isRejected) throw error;
    return { needles, spoke: 0 };
  }
}

/** Somebody with another company's address signs up. Without a trigger, Cognito would accept them and send mail. */
async function signUpInVain(subject: Subject): Promise<Pick<Rejected, 'needles' | 'trigger'>> {
  const { client, settings } = await subject.once(openPool);
  const trigger = functionNameIn(settings.preSignUp);
  if (trigger === undefined || settings.adminOnly) return { needles: [] };
  const [name, local] = [madeUpWord(), madeUpWord()];
  await signUp(subject, { client, settings }, { name, address: `${local}@${madeUp(3)}.example` });
  const called = 'the name of somebody who wanted to sign up';
  return { trigger, needles: [name, local].map((text) => ({ kind: 'name', text, called })) };
}
