import type { Subject } from '../checking/check.ts';
import { type Frame, type Person, RefusedError } from './person.ts';
import { saying } from './sayings.ts';
import { type Ticket, type Visit, visit } from './visit.ts';

/** What came back to somebody who sent something. */
export type Reply =
  /** What they said, as everybody in the room hears it. */
  | { readonly kind: 'message' }
  /** The room's answer that it does not know the action. */
  | { readonly kind: 'unknown action'; readonly text: string }
  /** The room's answer that something else is wrong with it. */
  | { readonly kind: 'complaint'; readonly text: string }
  /** API Gateway's own answers: no route takes it; the function failed or may not be called. */
  | { readonly kind: 'forbidden' | 'function failed'; readonly text: string }
  | { readonly kind: 'something else'; readonly text: string }
  | { readonly kind: 'silence' };

/** What became of one thing that was said in a room of two. */
export interface Spoken {
  /** Set where somebody was not let in; nothing was said then. */
  readonly refused?: number;
  readonly reply: Reply;
  /** How often each heard it. */
  readonly heard: { readonly speaker: number; readonly listener: number };
  /** What the message that the other heard lacks of what a message is; undefined where it is as it should be. */
  readonly lacks?: string;
  /** What the other heard in place of it, where that was no message of that text. */
  readonly instead?: string;
  /** Whether what either said afterwards came too: only then were all copies of the first there to count. */
  readonly counted: boolean;
  readonly conversation: readonly string[];
}

export interface SpeakOptions {
  /** Let the other say something too, and then the first one again, so that every copy of the first has come. */
  readonly count: boolean;
  /** What the two come with, where the room lets in only who signed in. */
  readonly tickets?: Tickets;
}

/** What two people come with who signed in. */
export interface Tickets {
  readonly ada: Ticket;
  readonly grace: Ticket;
}

/** How much later than one of two the other may hear the same thing, in milliseconds: one call of a function tells both. */
const APART = { practice: 2_000, aws: 5_000 } as const;

/** Two people join, and one says something that nobody could have prepared. Ends at the first frames that decide it. */
export async function speak(subject: Subject, address: string, options: SpeakOptions): Promise<Spoken> {
  const { count, tickets } = options;
  return visit(subject, address, async (room) => {
    const people = await joinBoth(room, tickets);
    if ('refused' in people) return { ...nothing, refused: people.refused, conversation: room.conversation };
    const { ada, grace } = people;
    const text = saying();
    ada.say({ action: 'sendmessage', text });
    const heardBy = (person: Person) => person.heard.filter(says(text)).length;
    // Either may be the first to show what becomes of it; a room that answers Ada has told Grace already.
    await first([ada.hears(answers(text)), grace.hears(says(text))]);
    const answer = () => ada.heard.find(answers(text));
    if (heardBy(ada) + heardBy(grace) > 0) {
      const apart = APART[subject.target.kind];
      await Promise.all([ada.hears(answers(text), apart), grace.hears(says(text), apart)]);
    } else if (ada.heard.some(isOf(ada, text))) {
      await grace.hears(isOf(ada, text), APART[subject.target.kind]);
    }
    const heard = grace.heard.find(says(text));
    const instead = heard === undefined ? grace.heard.find(isOf(ada, text)) : undefined;
    const answered = count && heardBy(ada) > 0 && heardBy(grace) > 0 ? await saidAndHeard(grace, ada) : undefined;
    // What Ada says next comes after what the room made of her first message, unless that one is repeated much later: no
    // order is promised, and nobody waits for what may never come. What Grace says overtakes it more easily.
    const counted = answered !== undefined && (await saidAndHeard(ada, grace)) !== undefined;
    const lacks =
      heard &&
      (whatLacks(heard, ada.name) ?? (answered && (whatLacks(answered, grace.name) ?? sameId(heard, answered))));
    return {
      reply: replyTo('sendmessage', text, answer()),
      heard: { speaker: heardBy(ada), listener: heardBy(grace) },
      ...(lacks === undefined ? {} : { lacks }),
      ...(instead === undefined ? {} : { instead: instead.text }),
      counted,
      conversation: room.conversation,
    };
  });
}

/** What a message must have beside its text for a page to show it: `docs/wire-format.md`. */
export function whatLacks({ fields: { from, at, id } }: Pick<Frame, 'fields'>, name: string): string | undefined {
  if (typeof from !== 'string') return 'it does not say who said it (`from`)';
  if (from !== name) return `it says that "${from}" said it, and it was "${name}"`;
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return 'it does not say when (`at`)';
  if (typeof id !== 'string' || id === '') return 'it has no `id`';
  return undefined;
}

/** A page shows a message of an `id` once. */
function sameId(one: Frame, other: Frame): string | undefined {
  if (one.fields.id !== other.fields.id) return undefined;
  return 'it has the `id` of the one before, so a page takes it for the same and shows it not';
}

/** Whether a frame brings what somebody said, in whatever form, or something else in their name. */
function isOf({ name }: Person, said: string): (frame: Frame) => boolean {
  return ({ text, fields }) => text.includes(said) || fields.from === name;
}

const nothing = { reply: { kind: 'silence' }, heard: { speaker: 0, listener: 0 }, counted: false } as const;

/** Ada and Grace, or the status that one of them was refused with. One after the other: one function is enough for both. */
export async function joinBoth(
  room: Visit,
  tickets?: Tickets,
): Promise<{ ada: Person; grace: Person } | { refused: number }> {
  try {
    const ada = await room.join('Ada', tickets?.ada);
    // A room may not be right for those alone of whom it sees that they are the checker's.
    return { ada, grace: await room.join('Grace', tickets?.grace ?? { incognito: true }) };
  } catch (error) {
    if (error instanceof RefusedError) return { refused: error.status };
    throw error;
  }
}

/** What kind of answer a frame is, to a message of this action and text. `docs/wire-format.md` has them all. */
export function replyTo(action: string, text: string, frame: Frame | undefined): Reply {
  if (frame === undefined) return { kind: 'silence' };
  if (says(text)(frame)) return { kind: 'message' };
  const { type, message } = frame.fields;
  if (type === 'error') {
    const unknown = typeof message === 'string' && message.includes(action);
    return { kind: unknown ? 'unknown action' : 'complaint', text: frame.text };
  }
  if (type === undefined && message === 'Forbidden') return { kind: 'forbidden', text: frame.text };
  if (type === undefined && message === 'Internal server error') return { kind: 'function failed', text: frame.text };
  return { kind: 'something else', text: frame.text };
}

/** Whether a frame may be the answer to what was said: not if it is what somebody else says in the same room. */
export function answers(text: string): (frame: Frame) => boolean {
  return (frame) => frame.fields.type !== 'message' || says(text)(frame);
}

function says(text: string): (frame: Frame) => boolean {
  return ({ fields }) => fields.type === 'message' && fields.text === text;
}

/** Resolves with the first frame that one of them hears; undefined where none hears one. */
function first(hearings: ReadonlyArray<Promise<Frame | undefined>>): Promise<Frame | undefined> {
  return new Promise((resolve, reject) => {
    for (const hearing of hearings) hearing.then((frame) => frame && resolve(frame), reject);
    Promise.all(hearings).then(() => resolve(undefined), reject);
  });
}

/** One says something, and the other hears it, if both do. */
async function saidAndHeard(speaker: Person, listener: Person): Promise<Frame | undefined> {
  const text = saying();
  speaker.say({ action: 'sendmessage', text });
  const [own, heard] = await Promise.all([speaker.hears(says(text)), listener.hears(says(text))]);
  return own && heard;
}
