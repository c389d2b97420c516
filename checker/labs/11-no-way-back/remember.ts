import type { Room, Subject } from '../../checking/check.ts';
import { usual } from '../../probe/field-names.ts';
import { isTrouble, says } from '../../probe/frames.ts';
import { RefusedError } from '../../probe/handshake.ts';
import { longSaying } from '../../probe/long-saying.ts';
import type { Frame, Person } from '../../probe/person.ts';
import { saying, unusualSaying } from '../../probe/sayings.ts';
import { untilFinished } from '../../probe/until-quiet.ts';
import { visit } from '../../probe/visit.ts';
import { GENERAL, twoChannels } from '../../sign-in/two-channels.ts';
import { claimFields } from '../09-leaky-channels/claims.ts';
import { ask, askWhole, isBelieved, overhearing, type Said, type Witness } from './ask-for-history.ts';
import { askForOld } from './ask-for-old.ts';

/** How many messages the history has: docs/wire-format.md. */
export const LAST = 20;

/** How many more are sent first, which are too old for it. */
const OLDER = 3;

/** How many are sent in the other channel, in between, and after how many. */
const ELSEWHERE = 3;
const BEFORE = 10;

/** Which one has more than 150 characters, some of them unusual, and which one is nearly as long as a text can be. */
const [UNUSUAL, LONGEST] = [LAST, LAST + 1];

/** The history that somebody got. */
export interface Newcomer {
  readonly who: string;
  /** The name that the room knows them by, if they spoke before. */
  readonly name?: string;
  readonly channel: string;
  /** The messages they should get, in order, as they were first sent. Without `from`, it can be anything. */
  readonly wanted: readonly Said[];
  /** The messages that they got, in order. */
  readonly got: readonly Said[];
  /** Set if the check had made the messages several days older. Then only whether they come counts. */
  readonly isOld?: true;
  /** The error that they got. */
  readonly told?: string;
  /** Somebody else in the channel who got it again, too. */
  readonly overheard?: string;
  /** Another channel that they named in a second request, and got a message from. */
  readonly believed?: string;
}

/** A conversation in two channels, and the history that newcomers got. */
export interface Remembered {
  /** The status of the handshake, if a member was rejected. */
  readonly refused?: number;
  /** Somebody who didn't get their own message back, or got an error with it. */
  readonly unheard?: { readonly who: string; readonly told?: string };
  readonly newcomers: readonly Newcomer[];
  readonly conversation: readonly string[];
}

/**
 * Somebody says something in `general`, and somebody asks for the history of a channel in which nobody has said
 * anything. Then people talk in two channels. At the end, somebody sends a message without a text, one that names the
 * other channel and another person, and an ordinary one. Two others join afterward and ask for the history, one of them
 * also for the other channel's. Then somebody who spoke joins again and asks.
 */
export async function remember(subject: Subject, room: Room): Promise<Remembered> {
  const { names, ticket } = await subject.once(twoChannels);
  // Another look needs channels in which nobody has said anything yet.
  subject.forget(twoChannels);
  return visit(subject, room.address, async ({ join, conversation }) => {
    const answers: Promise<Newcomer>[] = [];
    try {
      const comes = async (who: string, channel?: string) => ({
        who,
        person: await join(who, await ticket(who, channel)),
      });
      const inGeneral = await comes('Ada', GENERAL);
      // Whether people in `general` hear each other is another check's question.
      await sends(inGeneral.person, saying());
      await untilFinished(subject);
      await inGeneral.person.leave();
      const [ada, margaret, grace] = [await comes('Ada'), await comes('Margaret'), await comes('Grace')];
      const empty = ask(subject, grace.person, []);
      // It is awaited in the middle of the conversation.
      empty.catch(() => {});
      const said: [Said[], Said[]] = [[], []];
      // One after the other: simultaneous messages have no order. A room can store them after delivering them.
      const turns = Array.from({ length: LAST + OLDER }, (_, number) => ({
        index: 0 as 0 | 1,
        speaker: number % 2 === 0 ? ada : margaret,
      }));
      turns.splice(BEFORE, 0, ...Array.from({ length: ELSEWHERE }, () => ({ index: 1 as const, speaker: grace })));
      const newcomers: Newcomer[] = [];
      const began = new Map<object, number>();
      for (const [number, { index, speaker }] of turns.entries()) {
        if (number === BEFORE) {
          // If channels leak, she gets what is said meanwhile. That is no history.
          const { got, ...answer } = await empty;
          const isNow = ({ text }: Said) => said.flat().some((message) => message.text === text);
          const old = got.filter((message) => !isNow(message));
          newcomers.push({ who: grace.who, channel: names[1], wanted: [], got: old, ...answer });
        }
        const text = textOf(number);
        // An error can come after the message, with the next one.
        if (!began.has(speaker)) began.set(speaker, speaker.person.heard.length);
        const frame = await sends(speaker.person, text);
        const trouble = speaker.person.heard.slice(began.get(speaker)).find(isTrouble);
        if (frame === undefined || trouble !== undefined) {
          return { newcomers: [], unheard: { who: speaker.who, told: trouble?.text }, conversation };
        }
        said[index].push(frame.fields);
        await untilFinished(subject);
      }
      await sends(ada.person, '');
      // The room can ignore these claims, or reject the message. What it rejects is in no history.
      const text = saying();
      const claiming = await sends(ada.person, text, claimsOf(names[1], grace.person.name));
      // One of the fields can send it to one person only, which needn't be in the history.
      const isForAll = claiming !== undefined && (await margaret.person.hears(says(text))) !== undefined;
      // If the room believes the name, the history can have either one: names are lab 5's matter.
      const { from, ...fields } = claiming?.fields ?? {};
      if (isForAll) said[0].push(from === ada.person.name ? { from, ...fields } : fields);
      await untilFinished(subject);
      // A function that doesn't wait for its write finishes it only with the next message. So every room has to store
      // the last one.
      const last = saying();
      ada.person.say({ action: 'sendmessage', text: last });
      const lastFrame = await ada.person.hears(says(last));
      if (lastFrame === undefined) return { newcomers: [], unheard: { who: ada.who }, conversation };
      said[0].push(lastFrame.fields);
      // Edsger asks while Linus joins. A function that keeps histories in memory has an idle environment then, which
      // knows Edsger's channel as it was when Grace asked.
      const asOfNow = (other: typeof ada) => ({ ...other, from: other.person.heard.length });
      const asking: readonly Asking[] = [
        { who: 'Edsger', index: 1, others: [grace].map(asOfNow), elsewhere: 0 },
        { who: 'Linus', index: 0, others: [ada, margaret].map(asOfNow) },
      ];
      const answerTo = async (person: Person, { who, index, others, ...more }: Asking) => {
        const wanted = said[index].slice(-LAST);
        const answer = await askWhole(subject, person, wanted);
        const common = { who, channel: names[index], wanted, ...answer, ...(await overhearing(others, wanted)) };
        if (more.elsewhere === undefined || answer.told !== undefined) return common;
        const foreign = { channel: names[more.elsewhere], said: said[more.elsewhere] };
        return { ...common, ...(await isBelieved(subject, person, foreign)) };
      };
      for (const newcomer of asking) {
        const { person } = await comes(newcomer.who);
        const answer = answerTo(person, newcomer);
        // It is awaited once both have joined.
        answer.catch(() => {});
        answers.push(answer);
      }
      newcomers.push(...(await Promise.all(answers)));
      await grace.person.leave();
      const { who, person } = await comes(grace.who);
      const again = { ...(await answerTo(person, { who, index: 1, others: [] })), name: person.name };
      newcomers.push(again);
      const isWhole = again.told === undefined && again.got.length === again.wanted.length;
      const old = isWhole ? await askForOld(subject, person, again.wanted) : undefined;
      if (old !== undefined) newcomers.push({ ...again, got: old, isOld: true });
      return { newcomers, conversation };
    } catch (error) {
      // Nobody speaks after the conversation has ended.
      await Promise.allSettled(answers);
      if (!(error instanceof RefusedError)) throw error;
      return { newcomers: [], refused: error.status, conversation };
    }
  });
}

/** Somebody who asks for the history of one of the channels. */
interface Asking {
  readonly who: string;
  readonly index: 0 | 1;
  /** Who must not get it, too. */
  readonly others: readonly Witness[];
  /** The other channel, if they also ask for its history. */
  readonly elsewhere?: 0 | 1;
}

/** Returns what is said in a turn: those with special texts are among the last of their channel. */
function textOf(turn: number): string {
  if (turn === UNUSUAL) return unusualSaying();
  return turn === LONGEST ? longSaying() : saying();
}

/** Returns fields of a message that name a channel and a sender. */
function claimsOf(channel: string, name: string): Said {
  return Object.fromEntries([
    ...claimFields.map((field) => [field, channel] as const),
    ...usual.map((field) => [field, name] as const),
  ]);
}

/** Returns the message as its sender got it. */
async function sends(speaker: Person, text: string, claims: Said = {}): Promise<Frame | undefined> {
  const from = speaker.heard.length;
  speaker.say({ ...claims, action: 'sendmessage', text });
  const isAnswer = (frame: Frame) => says(text)(frame) || (isTrouble(frame) && speaker.heard.indexOf(frame) >= from);
  const frame = await speaker.hears(isAnswer);
  return frame !== undefined && says(text)(frame) ? frame : undefined;
}
