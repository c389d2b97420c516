import { randomInt } from 'node:crypto';
import type { Evidence, Room, Subject } from '../../checking/check.ts';
import { observeFunction } from '../../observe/function.ts';
import { observeSender } from '../../observe/sender.ts';
import { findRows } from '../../probe/connections.ts';
import { flagsIn } from '../../probe/flags.ts';
import { answers, isCrash, isTrouble, says } from '../../probe/frames.ts';
import { RefusedError } from '../../probe/handshake.ts';
import type { Participant } from '../../probe/join-all.ts';
import { type Needle, phrasesIn, tokenNeedle } from '../../probe/needles.ts';
import { wordsIn } from '../../probe/patterns.ts';
import type { Frame, Person } from '../../probe/person.ts';
import { channelNames, meaningfulSayings, saying, unusualSaying } from '../../probe/sayings.ts';
import { sourceWords } from '../../probe/source-words.ts';
import { speakPastStaleRow } from '../../probe/stale-row.ts';
import { visit } from '../../probe/visit.ts';
import { madeUpWord } from '../../probe/visitor-name.ts';
import { makeGroup } from '../../sign-in/groups.ts';
import { guests } from '../../sign-in/guests.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { claimsOf } from '../../sign-in/tokens.ts';
import { channelsInWords } from '../09-leaky-channels/channels-in-words.ts';
import { type Failing, failToPost } from './failing-post.ts';
import { speakInCrowd } from './in-a-crowd.ts';
import type { Happened } from './invocations.ts';
import { type Crash, oddMessages } from './odd-messages.ts';
import { beRejected } from './rejected.ts';
import { sendSlowly } from './slow-message.ts';

/** A conversation whose contents must be in no log. */
export interface Talked {
  /** The status of the handshake, if somebody was rejected. */
  readonly refused?: number;
  readonly needles: readonly Needle[];
  readonly happened: Happened;
  /** The error that Ada got for her first message, while every post could succeed. */
  readonly unsent?: string;
  readonly crash?: Crash | undefined;
  /** The posts that failed, in order; none if there is no row to copy. */
  readonly failing?: readonly Failing[];
  readonly conversation: readonly string[];
}

/** The name of the text of a message whose post failed, in sentences. */
export const WHEN_IT_FAILED = 'what Ada said when a post failed';

/** The same, if the post failed because Grace's connection had ended. */
export const WHEN_GRACE_IS_GONE = "what Ada said when Grace's connection had ended";

/** The name of a text that a handler can find unusual, in sentences. */
const UNUSUAL = 'what Ada said with other letters, a long number, several lines, and what your handlers look for';

/** Nearly as many characters as a message can have: docs/wire-format.md. */
const LONG = 4_090;

/** How many of the values that handlers compare something with are in a text. */
const MOST_VALUES = 50;

/**
 * Ada and Grace join with new tokens and send unique texts, most of them with made-up words: to each other, with a link
 * and a command in it, beside the fields that handlers read, without a text, in a text that is no string, empty, or too
 * long, with an unknown action, and not as JSON. The room rejects a few people. Grace leaves, and her row is stale. Then
 * the channel has many rows. With `slow`, one message takes longer than this many milliseconds. Posts to a connection
 * fail. Then Ada leaves, and says something in a closed channel, and others in channels that the handlers name. With
 * `only: 'failing'`, Ada is alone, and before those posts she sends a message that succeeds.
 */
export async function talk(
  subject: Subject,
  room: Room,
  { only, slow }: { readonly only?: 'failing'; readonly slow?: number | undefined } = {},
): Promise<Talked> {
  const [ticketOf, { ada: member }, finder] = await Promise.all([
    tickets(subject),
    subject.once(guests),
    findRows(subject),
  ]);
  const needles: Needle[] = [];
  const count: { -readonly [Key in keyof Happened]: Happened[Key] } = { joined: 0, said: 0, other: 0, left: 0 };
  const word = (called: string): string => {
    const text = madeUpWord();
    needles.push({ kind: 'word', text, called });
    return text;
  };
  const number = (called: string): string => {
    const text = String(randomInt(10 ** 11, 10 ** 12));
    needles.push({ kind: 'word', text, called, isWhole: true });
    return text;
  };
  const ordinary = (called: string): string => {
    const text = saying();
    needles.push(...phrasesIn(text, called));
    return text;
  };
  const sentence = (called: string): string => {
    const text = `${word(called)} ${ordinary(called)} ${word(called)}`;
    needles.push({ kind: 'word', text, called, isWhole: true, isSentence: true });
    return text;
  };
  const nextSaid = (called: string) => () => {
    count.said += 1;
    return sentence(called);
  };
  const talked = await visit(subject, room.address, async ({ join, conversation }) => {
    const comes = async (firstName: string, channel?: string): Promise<Participant> => {
      const ticket = await ticketOf(firstName);
      const person = await join(firstName, channel === undefined ? ticket : { ...ticket, channel });
      const participant = { label: firstName, person, secrets: [] };
      await finder.joined(participant);
      count.joined += 1;
      // A name that consists of words of the handlers can resemble a line of their own.
      if (channel === undefined || !person.name.includes(channel))
        needles.push({ kind: 'name', text: person.name, called: `${firstName}'s name` });
      if (ticket.token !== undefined) {
        needles.push(tokenNeedle(ticket.token, `the token that ${firstName} connected with`));
        const { email } = claimsOf(ticket.token);
        const [local = ''] = typeof email === 'string' ? email.split('@') : [];
        if (local !== '') needles.push({ kind: 'name', text: local, called: `${firstName}'s email address` });
      }
      return participant;
    };
    const tells = async (
      person: Person,
      message: Readonly<Record<string, unknown>>,
      matches: (frame: Frame) => boolean = isTrouble,
    ) => {
      const from = person.heard.length;
      person.say(message);
      return person.hears((frame) => person.heard.indexOf(frame) >= from && matches(frame));
    };
    try {
      const participant = await comes('Ada');
      const { person: ada } = participant;
      let first: Frame | undefined;
      let crash: Crash | undefined;
      if (only === undefined) {
        const leaver = await comes('Grace');
        const { person: grace } = leaver;
        const text = sentence('what Ada said to Grace');
        count.said += 1;
        first = await tells(ada, { action: 'sendmessage', text }, answers(text));
        await grace.hears(says(text));
        // A log must not be clean only because nobody says such things as the checker's words. Chance can make one text
        // unusual, too: by a long word, or a number. A log can have only long ones.
        const plain = [
          [ada, 'what Ada said next'],
          [grace, 'what Grace answered'],
          [ada, 'what Ada replied'],
          [grace, 'what Grace said at length', LONG],
        ] as const;
        for (const [speaker, called, length = 0] of plain) {
          const text = ordinary(called);
          const next = text.padEnd(length, ` ${text}`);
          count.said += 1;
          // In a room that loses one, they would wait in vain for each.
          if ((await tells(speaker, { action: 'sendmessage', text: next }, answers(next))) === undefined) break;
        }
        const source = sourceWords(subject.sources());
        const values = source.values.map(String).slice(0, MOST_VALUES);
        const meaningful = () => word('what Ada said with a command, a mention, a link and more');
        const sought = [...new Set(wordsIn(source.patterns))].slice(0, MOST_VALUES);
        const unusual = [word(UNUSUAL), unusualSaying(), number(UNUSUAL), ...sought, word(UNUSUAL)].join(' ');
        for (const text of [...meaningfulSayings(meaningful, values), unusual]) {
          count.said += 1;
          // In a room that loses one, she would wait in vain for each.
          if ((await tells(ada, { action: 'sendmessage', text }, answers(text))) === undefined) break;
        }
        // A handler can print something for a client that asks for it: `"debug":true`.
        const beside = ordinary('what Ada said beside fields that your handlers read');
        count.said += 1;
        await tells(ada, { ...flagsIn(source), action: 'sendmessage', text: beside }, answers(beside));
        for (const fields of oddMessages(word)) {
          const began = Date.now();
          const message = { action: 'sendmessage', ...fields };
          const fails = async () => {
            count.said += 1;
            return isCrash((await tells(grace, message))?.text);
          };
          if (!(await fails()) || crash !== undefined || !(await fails())) continue;
          const after = ordinary('what Grace said next');
          count.said += 1;
          const answer = await tells(grace, { action: 'sendmessage', text: after }, answers(after));
          // Otherwise it isn't because of the message.
          if (answer !== undefined && says(after)(answer)) {
            crash = { said: JSON.stringify(message), failure: await observeSenderSince(subject, room, began) };
          }
        }
        count.other += 1;
        await tells(grace, {
          action: word('an unknown action'),
          text: word('the text that Grace sent with it'),
        });
        count.other += 1;
        grace.sendText(`${word("a frame from Grace that isn't JSON")} ${saying()}`);
        const rejected = await beRejected(subject, join, ticketOf);
        needles.push(...rejected.needles);
        count.refused = rejected.refused;
        count.trigger = rejected.trigger;
        count.joined += rejected.spoke;
        count.said += rejected.spoke;
        const textOf = nextSaid(WHEN_GRACE_IS_GONE);
        await speakPastStaleRow(subject, { finder, leaver, people: [participant], textOf });
        await grace.leave();
        await speakInCrowd(subject, { participant, finder }, nextSaid('what Ada said to many people'));
      } else {
        const text = sentence('what Ada said to herself');
        count.said += 1;
        first = await tells(ada, { action: 'sendmessage', text }, answers(text));
      }
      if (slow !== undefined) {
        const text = nextSaid('what Ada said while a post took long');
        await sendSlowly(subject, { participant, finder }, { ms: slow, text });
      }
      const failing = await failToPost(subject, { ada: participant, finder }, nextSaid(WHEN_IT_FAILED));
      await ada.leave();
      if (only === undefined) {
        const [channel] = channelNames();
        await makeGroup(subject, channel, [member]);
        const { joins } = await subject.once(channelsInWords);
        for (const [firstName, name] of Object.entries({ Ada: channel, ...joins })) {
          const { person: insider } = await comes(firstName, name);
          const text = sentence(`what ${firstName} said in the channel "${name}"`);
          count.said += 1;
          await tells(insider, { action: 'sendmessage', text }, answers(text));
          await insider.leave();
        }
      }
      count.left = count.joined;
      return {
        unsent: first && isTrouble(first) ? first.text : undefined,
        crash,
        failing,
        conversation,
      };
    } catch (error) {
      if (error instanceof RefusedError) return { refused: error.status, conversation };
      throw error;
    }
  });
  return { ...talked, needles, happened: count };
}

/** Returns the account's view of the sending function since a moment. */
async function observeSenderSince(subject: Subject, room: Room, since: number): Promise<readonly Evidence[]> {
  const sender = await observeSender(subject, room);
  return sender === undefined ? [] : observeFunction(subject, sender.functionName, since);
}
