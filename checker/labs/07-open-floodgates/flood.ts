import type { Room, Subject } from '../../checking/check.ts';
import { forAMoment } from '../../checking/run.ts';
import { speakingKey } from '../../observe/route-selection.ts';
import { observeStageSettings } from '../../observe/stage-settings.ts';
import { says } from '../../probe/frames.ts';
import { RefusedError } from '../../probe/handshake.ts';
import type { Tickets } from '../../probe/join-all.ts';
import type { Frame, Person } from '../../probe/person.ts';
import { saying } from '../../probe/sayings.ts';
import { type Visit, visit } from '../../probe/visit.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { BURST, RATE } from './contract.ts';
import { limitsOf, type RouteLimits } from './limits.ts';

/** The result of a flood of messages. */
export interface Flood {
  readonly sent: number;
  /** How many the room answered. */
  readonly answered: number;
  /** How many API Gateway reported as throttled. The rest got another error, or no answer. */
  readonly throttled: number;
  /** How many the limits allow in that time. */
  readonly allowed: number;
  /** Whether the room closed the script's connection. */
  readonly isClosed?: boolean;
}

/** The result of ten messages from ten people at once. */
export interface Chorus {
  /** How many of the hundred copies of ten messages didn't arrive. */
  readonly missed: number;
  /** Whether they arrived later: the room or the machine is slow. */
  readonly isLate?: boolean;
  /** The error that somebody got, if any. */
  readonly told?: string;
  /** When the first of the messages was sent, in milliseconds. */
  readonly since?: number;
}

export interface Flooded {
  readonly flood?: Flood;
  readonly chorus: Chorus;
}

/** Ten people who send at once: users of their own, since a room may count by user. */
export const PEOPLE = [
  'Ada',
  'Grace',
  'Linus',
  'Margaret',
  'Edsger',
  'Barbara',
  'Donald',
  'Frances',
  'Kathleen',
  'Niklaus',
];

/** How long the answers to a flood may pause before the flood counts as over, in milliseconds. */
const PAUSE = 1_000;

/** How late copies of a message can be, in milliseconds, until they count as lost. */
const LATE = 20_000;

/** How often somebody retries who is rejected because the stage is busy. */
const KNOCKS = 10;

/**
 * Floods the room in the practice account, waits until the bucket is full again, and has ten people send messages at
 * once. There is no flood on AWS: throttling is best effort there, so the result would decide nothing.
 */
export async function floodAndSpeak(subject: Subject, room: Room): Promise<Flooded> {
  const [ticketOf, settings] = await Promise.all([tickets(subject), observeStageSettings(subject, room)]);
  const [limits] = limitsOf(settings, [speakingKey(room)]);
  const { rate = RATE.most, burst = BURST.most } = limits ?? {};
  return visit(subject, room.address, async (inside) => {
    const wait = (ms: number) => forAMoment(ms / (subject.target.scale ?? 1), subject.signal);
    // Until the bucket has tokens for ten.
    const refill = () => forAMoment((PEOPLE.length / rate) * 1_100, subject.signal);
    const joins = joiner(inside, ticketOf, () => forAMoment(1_000 / rate + 20, subject.signal));
    const flood =
      subject.target.kind === 'practice' ? await floodUntilDecided(() => joins('Mallory'), { rate, burst }) : undefined;
    await refill();
    const people: Person[] = [];
    for (const name of PEOPLE) people.push(await joins(name));
    let chorus = await speakAtOnce(people);
    if (chorus.missed > 0) {
      // A function may have had to start, or the account's concurrency limit may be low.
      await wait(2_000);
      await refill();
      chorus = await speakAtOnce(people, LATE);
    }
    return { flood, chorus };
  });
}

/** Connects somebody as a user of their own; retries if the stage is busy. */
function joiner(inside: Visit, ticketOf: Tickets, pause: () => Promise<void>) {
  return async (name: string): Promise<Person> => {
    const ticket = await ticketOf(name);
    for (let knocks = 1; ; knocks += 1) {
      try {
        return await inside.join(name, ticket);
      } catch (error) {
        if (!(error instanceof RefusedError) || error.status !== 429 || knocks === KNOCKS) throw error;
        await pause();
      }
    }
  };
}

/** How API Gateway words a throttled request. It documents no words for messages. */
const THROTTLED = /too many requests|limit exceeded|rate exceeded|throttl/i;

/** Returns whether an error's words are those of a throttle. */
export function isThrottled(told = ''): boolean {
  return THROTTLED.test(told);
}

/** How many floods there are at most, each with twice as many messages as the one before. */
const FLOODS = 3;

/**
 * Floods the room, again with more messages if it was so slow that the limits allow all of them in that time. The
 * machine may be so slow that this doesn't help.
 */
export async function floodUntilDecided(
  join: () => Promise<Person>,
  limits: Required<Pick<RouteLimits, 'rate' | 'burst'>>,
  flood = send,
): Promise<Flood> {
  const { rate, burst } = limits;
  let count = Math.ceil(burst * 1.2 + rate / 2) + 10;
  for (let floods = 1; ; floods += 1) {
    const seen = await flood(await join(), count, limits);
    if (!showsNothing(seen) || floods === FLOODS) return seen;
    count *= 2;
  }
}

/** Returns whether a flood was within the limits, so that a stage without them would have answered the same. */
export function showsNothing({ sent, answered, allowed }: Flood): boolean {
  return answered === sent && sent <= allowed;
}

/**
 * Sends messages at once: more than the bucket holds. They have no text, so the room answers only their sender. AWS
 * doesn't document the answer to a throttled message, so only the room's own answers decide: they have a `type`.
 */
async function send(
  person: Person,
  sent: number,
  { rate, burst }: Required<Pick<RouteLimits, 'rate' | 'burst'>>,
): Promise<Flood> {
  const began = performance.now();
  for (let number = 0; number < sent; number += 1) person.say({ action: 'sendmessage' });
  for (let before = -1; before < person.heard.length && person.heard.length < sent; ) {
    before = person.heard.length;
    await person.hears(() => person.heard.length >= sent, PAUSE);
  }
  const seconds = (performance.now() - began) / 1000;
  const isClosed = !person.isHere;
  await person.leave();
  return {
    sent,
    ...countAnswers(person.heard),
    allowed: Math.floor(burst + rate * seconds),
    isClosed,
  };
}

/** Counts the room's own answers in what a script heard, and API Gateway's for throttled messages. */
export function countAnswers(heard: ReadonlyArray<Pick<Frame, 'fields'>>): Pick<Flood, 'answered' | 'throttled'> {
  const own = heard.filter(({ fields }) => fields.type !== undefined);
  const others = heard.filter(({ fields }) => fields.type === undefined && isThrottled(String(fields.message)));
  return { answered: own.length, throttled: others.length };
}

/** `patience`: how much longer to wait for copies that are late, in milliseconds. */
async function speakAtOnce(people: readonly Person[], patience = 0): Promise<Chorus> {
  const said = people.map((person) => ({ person, text: saying() }));
  const since = Date.now();
  for (const { person, text } of said) person.say({ action: 'sendmessage', text });
  const countMissed = async (within?: number): Promise<number> => {
    const heard = people.map(async (person) => {
      await person.hears(() => said.every(({ text }) => person.heard.some(says(text))), within);
      return said.filter(({ text }) => person.heard.some(says(text))).length;
    });
    return people.length ** 2 - (await Promise.all(heard)).reduce((sum, each) => sum + each, 0);
  };
  const missed = await countMissed();
  const isLate = missed > 0 && patience > 0 && (await countMissed(patience)) === 0;
  const told = people.flatMap(({ heard: frames }) => frames).find(({ fields }) => fields.type !== 'message');
  return {
    missed,
    since,
    isLate,
    told: told && String(told.fields.message ?? told.text),
  };
}
