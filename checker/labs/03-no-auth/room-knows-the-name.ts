import { type At, check, type Evidence, type Judgement, type Room, type Subject } from '../../checking/check.ts';
import { type Gate, observeGate, placeOfGate } from '../../observe/gate.ts';
import { isAnswer, marked } from '../../observe/marked.ts';
import { observePrinted } from '../../observe/printed.ts';
import { openRoom } from '../../observe/room.ts';
import { observeRoutes, type Throttle } from '../../observe/routes.ts';
import { speakerOf } from '../../observe/sender.ts';
import { type DoorClaims, doorClaims, placeOfClaim } from '../../probe/door-claims.ts';
import { answers, isCrash } from '../../probe/frames.ts';
import { RefusedError } from '../../probe/handshake.ts';
import { isRejection, joinWithClaims } from '../../probe/join-with-claims.ts';
import type { Frame } from '../../probe/person.ts';
import { saying } from '../../probe/sayings.ts';
import { visit } from '../../probe/visit.ts';
import { type Guest, guests } from '../../sign-in/guests.ts';
import { docs } from '../docs.ts';
import { atTheDoor, type NoCapacity, noCapacity, observeNoCapacity, observeSpeakingCapacity } from '../no-capacity.ts';
import { observeThrottle, turnedAway } from '../turned-away.ts';
import { nothingComesBack } from './findings.ts';
import { codeOfOwn } from './refusals.ts';

export interface Observation {
  readonly room: Room;
  readonly gate: Gate;
  /** The user's `cognito:username`. */
  readonly username: string;
  /** The names in her attributes, which anyone can write about themselves. */
  readonly profile?: Guest['profile'];
  /** The names that she claimed at the handshake, `?name=` and others. */
  readonly claims: DoorClaims;
  readonly refused?: number;
  /** Set if she was rejected with nothing but a token, too. */
  readonly isAlwaysRefused?: true;
  /** How many the stage admits, if she was throttled. */
  readonly throttle?: Throttle;
  /** A function that Lambda did not run, if something broke. */
  readonly noCapacity?: NoCapacity;
  /** The room's name for her; undefined if her message never came back. */
  readonly from?: unknown;
  /** The frame that came back instead of her message. */
  readonly answer?: string;
  /** The logical id of the function behind `sendmessage` and what it logged, if her message never came back. */
  readonly sender?: string;
  readonly log?: readonly Evidence[];
  readonly conversation: readonly string[];
}

export const roomKnowsTheName = check<Observation>({
  id: 'room-knows-the-name',
  title: 'The room uses the name people signed in with',
  needs: ['signed-in-user-comes-in'],
  expected:
    "Ada has chosen other names in her profile. She connects with her ID token and somebody else's name in the URL. Her message carries her username (`cognito:username`).",
  async observe(subject) {
    const room = openRoom(subject);
    const { username, profile, signIn } = (await subject.once(guests)).ada;
    const all = doorClaims();
    const base = { room, gate: await observeGate(subject, room), username, profile, claims: all };
    const ticket = async () => ({ token: (await signIn()).id, username });
    const since = Date.now();
    const seen: Observation = await visit(subject, room.address, async (inside) => {
      const { conversation } = inside;
      try {
        const { person: ada, claims } = await joinWithClaims(inside, 'Ada', ticket, all);
        const text = saying();
        ada.say({ action: 'sendmessage', text });
        const frame = await ada.hears(answers(text));
        const heard = frame?.fields.text === text ? { from: frame.fields.from ?? '' } : answerIn(frame);
        return { ...base, claims, ...heard, conversation };
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        const { status: refused } = error;
        const isAlwaysRefused = await inside.join('Ada', await ticket()).then(
          () => undefined,
          (again: unknown) => {
            if (!isRejection(again)) throw again;
            return true as const;
          },
        );
        return { ...base, refused, isAlwaysRefused, ...(await observeThrottle(subject, room, refused)), conversation };
      }
    });
    return {
      ...seen,
      ...(await observeUnlucky(subject, seen, since)),
      ...(isLost(seen) ? await observeSpeaking(subject, room, since) : {}),
    };
  },
  judge(observation) {
    const {
      room,
      gate,
      username,
      profile = {},
      claims,
      refused,
      throttle,
      noCapacity: none,
      from,
      answer,
      conversation,
    } = observation;
    const evidence = [marked({ source: 'conversation', about: room.address, lines: conversation }, isAnswer)];
    const failed = (actual: string, at: At = placeOfGate(room, gate)) =>
      ({ outcome: 'failed', actual, evidence, at }) as const;
    const away = turnedAway(refused, room, throttle);
    if (away !== undefined) return away;
    const unlucky = noCapacity(none);
    if (unlucky !== undefined) return unlucky;
    if (refused !== undefined) {
      const why = observation.isAlwaysRefused
        ? 'When she connects again, with a new one,'
        : 'With a new one and another name in the URL (`?name=`),';
      const only = observation.isAlwaysRefused ? '' : ' Only the token may decide who gets in.';
      return failed(`Ada's ID token was accepted before. ${why} she is rejected with ${refused}.${only}`);
    }
    if (isLost(observation)) return judgeLost(observation, evidence);
    // The room can reject a name: what gave her the name is the place to look.
    if (from === undefined) return failed(`Ada sent a message, and the room answered: ${answer}`);
    if (from === username) {
      return { outcome: 'passed', actual: `Ada's message carries the name ${username}.`, evidence, at: room.api };
    }
    const place = placeOfClaim(claims, from);
    if (place !== undefined) {
      const fact = `Ada's message carries the name "${from}", which she only claimed in ${place}.`;
      return failed(`${fact} ${whoTookTheName(gate)}`, codeOfOwn(room, gate));
    }
    const [attribute] = Object.entries(profile).find(([, own]) => String(from).includes(own)) ?? [];
    const other = attribute === undefined ? 'but she' : `which she chose in her profile (\`${attribute}\`). She`;
    const fact = `Ada's message carries the name "${from}", ${other} signed in as "${username}".`;
    return failed(`${fact} ${whoNamedHer(gate)}`, codeOfOwn(room, gate));
  },
  hints: [
    'People sign in, but the room uses the name in their URL, or none.',
    'The function behind $connect stores the name that it finds in `requestContext.authorizer.username`. What puts it there?',
    "The `context` that an authorizer returns is part of every later event of the connection, as `requestContext.authorizer`. Clients can't influence it, unless the authorizer copies it from their request. The ID token's `cognito:username` is the name that somebody signed in with, and nobody else has it. Anyone can write the other names in their profile, such as `preferred_username`. `sub` is a permanent id that nobody would recognize.",
    `In what the authorizer's function returns:

context: { username: claims['cognito:username'] },`,
  ],
  findings: [nothingComesBack],
  docs: docs(
    '03-no-auth',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html',
  ),
});

/** Looks for a function that Lambda did not run, if something broke. */
async function observeUnlucky(
  subject: Subject,
  { room, gate, refused = 0, answer }: Observation,
  since: number,
): Promise<{ noCapacity?: NoCapacity }> {
  if (refused >= 500) return observeNoCapacity(subject, room, atTheDoor(gate, { times: 1, admitted: 1, since }));
  if (!isCrash(answer)) return {};
  return observeSpeakingCapacity(subject, room, { times: 1, since });
}

/** Whether her message didn't come back, and the room didn't say why. */
function isLost({ refused, from, answer }: Observation): boolean {
  return refused === undefined && from === undefined && (answer === undefined || isCrash(answer));
}

/** Nobody knows which name her message would have. */
function judgeLost({ answer, sender, log = [] }: Observation, evidence: readonly Evidence[]): Judgement {
  const instead = answer === undefined ? 'it never came back to her.' : `the room answered: ${answer}`;
  return {
    outcome: 'failed',
    actual: `Ada sent a message, and ${instead}`,
    evidence: [...evidence, ...log],
    finding: nothingComesBack,
    at: sender,
  };
}

/** Looks at the function that should have sent her message to everyone. */
async function observeSpeaking(
  subject: Subject,
  room: Room,
  since: number,
): Promise<Pick<Observation, 'sender' | 'log'>> {
  const { logicalId: sender } = speakerOf(subject, room, await observeRoutes(subject, room));
  return { sender, log: await observePrinted(subject, room, since) };
}

function answerIn(frame: Frame | undefined): { answer?: string } {
  return { answer: frame && String(frame.fields.message ?? frame.text) };
}

/** All three ways give the same name, and the room can't tell them apart. */
function whoTookTheName({ authorizer }: Gate): string {
  return authorizer === undefined
    ? "The function behind $connect stores the name that she claimed instead of the token's `cognito:username`."
    : `Either the authorizer ${authorizer.name} returns that name as \`username\` in its context, or it returns none, or the function behind $connect uses the claimed name anyway.`;
}

function whoNamedHer({ authorizer }: Gate): string {
  return authorizer === undefined
    ? "The function behind $connect stores something other than the token's `cognito:username`."
    : `Either the context of the authorizer ${authorizer.name} has a \`username\` that isn't the token's \`cognito:username\`, or none, or the function behind $connect stores something else.`;
}
