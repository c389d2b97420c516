import type { Room, Subject } from '../../checking/check.ts';
import { forAMoment } from '../../checking/run.ts';
import { isTrouble, says } from '../../probe/frames.ts';
import { type Frame, type Person, RefusedError } from '../../probe/person.ts';
import { saying } from '../../probe/sayings.ts';
import { visit } from '../../probe/visit.ts';
import { twoChannels } from '../../sign-in/two-channels.ts';

/** How many messages the history has: docs/wire-format.md. */
export const LAST = 20;

/** How many more are sent first, which are too old for it. */
const OLDER = 3;

/** How many are sent in the other channel, in between. */
const ELSEWHERE = 3;

/** How often somebody asks until the history is complete: a room can store a message a moment after delivering it. */
const ATTEMPTS = 3;

/** Between two requests, in milliseconds. */
const PAUSE = { practice: 300, aws: 2_000 } as const;

/** After a pause this long, the history counts as complete, in milliseconds. */
const QUIET = { practice: 600, aws: 3_000 } as const;

/** The history that a newcomer got. */
export interface Newcomer {
  readonly who: string;
  readonly channel: string;
  /** The messages they should get, in order. */
  readonly wanted: readonly string[];
  /** The texts that they got, in order. */
  readonly got: readonly string[];
  /** The error that they got. */
  readonly told?: string;
}

/** A conversation in two channels, and the history that newcomers got. */
export interface Remembered {
  /** The status of the handshake, if a member was rejected. */
  readonly refused?: number;
  /** A message that its own sender didn't get back. */
  readonly unheard?: string;
  readonly newcomers: readonly Newcomer[];
  readonly conversation: readonly string[];
}

/** Two people talk, each in their own channel. Two others join afterward and ask for the history. */
export async function remember(subject: Subject, room: Room): Promise<Remembered> {
  const { names, ticket } = await subject.once(twoChannels);
  return visit(subject, room.address, async ({ join, conversation }) => {
    try {
      const speakers = [await join('Ada', await ticket('Ada')), await join('Grace', await ticket('Grace'))] as const;
      const said: [string[], string[]] = [[], []];
      for (let number = 0; number < LAST + OLDER; number += 1) {
        for (const index of number < ELSEWHERE ? ([0, 1] as const) : ([0] as const)) {
          const text = saying();
          // One after the other: simultaneous messages have no order.
          if (!(await isHeard(speakers[index], text))) return { newcomers: [], unheard: text, conversation };
          said[index].push(text);
        }
      }
      const newcomers: Newcomer[] = [];
      for (const [index, who] of ['Linus', 'Edsger'].entries()) {
        const person = await join(who, await ticket(who));
        const wanted = (said[index] ?? []).slice(-LAST);
        newcomers.push({ who, channel: names[index] ?? '', wanted, ...(await askWhole(subject, person, wanted)) });
      }
      return { newcomers, conversation };
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      return { newcomers: [], refused: error.status, conversation };
    }
  });
}

async function isHeard(speaker: Person, text: string): Promise<boolean> {
  speaker.say({ action: 'sendmessage', text });
  return (await speaker.hears((frame) => says(text)(frame) || isTrouble(frame)))?.fields.text === text;
}

async function askWhole(
  subject: Subject,
  person: Person,
  wanted: readonly string[],
): Promise<Pick<Newcomer, 'got' | 'told'>> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask(subject, person, wanted);
    const isPartly = answer.told === undefined && wanted.some((text) => !answer.got.includes(text));
    if (attempt === ATTEMPTS || !isPartly || answer.got.length === 0) return answer;
    await forAMoment(PAUSE[subject.target.kind], subject.signal);
  }
}

async function ask(
  subject: Subject,
  person: Person,
  wanted: readonly string[],
): Promise<Pick<Newcomer, 'got' | 'told'>> {
  const from = person.heard.length;
  const news = () => person.heard.slice(from);
  const isNews = (frame: Frame) => person.heard.indexOf(frame) >= from;
  person.say({ action: 'history' });
  await person.hears((frame) => isNews(frame) && (isTrouble(frame) || wanted.every((text) => news().some(says(text)))));
  for (let before = -1; news().length > before; ) {
    before = news().length;
    await person.listens(QUIET[subject.target.kind]);
  }
  const trouble = news().find(isTrouble);
  return {
    got: news().flatMap(({ fields: { type, text } }) => (type === 'message' ? String(text) : [])),
    ...(trouble === undefined ? {} : { told: String(trouble.fields.message) }),
  };
}
