import type { Subject } from '../../checking/check.ts';
import { forAMoment } from '../../checking/run.ts';
import { isTrouble, says } from '../../probe/frames.ts';
import type { Frame, Person } from '../../probe/person.ts';
import { untilQuiet } from '../../probe/until-quiet.ts';
import { claimFields } from '../09-leaky-channels/claims.ts';

/** How often somebody asks until the history is complete: a room can store a message a moment after delivering it. */
const ATTEMPTS = 3;

/** Between two requests, in milliseconds. */
const PAUSE = { practice: 300, aws: 2_000 } as const;

/** After a pause this long, the history counts as complete, in milliseconds. */
export const QUIET = { aws: 3_000, least: 600 } as const;

/** A message, by the fields of its frame: docs/wire-format.md. */
export type Said = Readonly<Record<string, unknown>>;

/** The messages of a history, in order, and the error that came instead or besides. */
interface Answer {
  readonly got: readonly Said[];
  readonly told?: string | undefined;
}

/** Somebody who must not get a history that another person asked for. */
export interface Witness {
  readonly who: string;
  readonly person: Person;
  /** How many frames they had got by then. */
  readonly from: number;
}

/** Asks for the history, again while some of the wanted messages are missing. */
export async function askWhole(subject: Subject, person: Person, wanted: readonly Said[]): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask(subject, person, wanted);
    const isPartly =
      answer.told === undefined && wanted.some(({ text }) => !answer.got.some((message) => message.text === text));
    if (attempt === ATTEMPTS || !isPartly || answer.got.length === 0) return answer;
    await forAMoment(PAUSE[subject.target.kind], subject.signal);
  }
}

/** Asks for the history once, and waits for the wanted messages and whatever else comes. */
export async function ask(subject: Subject, person: Person, wanted: readonly Said[]): Promise<Answer> {
  const { news, isNews } = newsOf(person);
  const isWhole = () => wanted.every(({ text }) => news().some(says(String(text))));
  person.say({ action: 'history' });
  if (wanted.length > 0) await person.hears((frame) => isNews(frame) && (isTrouble(frame) || isWhole()));
  let before: number;
  do {
    before = news().length;
    await untilQuiet(subject, [person], QUIET);
    // If only time can tell, more can follow what came meanwhile.
  } while (subject.target.quietFor === undefined && news().length > before);
  const trouble = news().find(isTrouble);
  return {
    got: news()
      .map(({ fields }) => fields)
      .filter(({ type }) => type === 'message'),
    told: trouble?.text,
  };
}

/** Finds somebody who gets messages again that they had already heard. */
export async function overhearing(
  others: readonly Witness[],
  wanted: readonly Said[],
): Promise<{ overheard?: string }> {
  for (const { who, person, from } of others) {
    await person.listens(0);
    const isAgain = ({ text }: Said) =>
      [person.heard.slice(0, from), person.heard.slice(from)].every((frames) => frames.some(says(String(text))));
    if (wanted.some(isAgain)) return { overheard: who };
  }
  return {};
}

/** Asks for the history of a channel that somebody isn't in, by every field that can name it. */
export async function isBelieved(
  subject: Subject,
  person: Person,
  { channel, said }: { readonly channel: string; readonly said: readonly Said[] },
): Promise<{ believed?: string }> {
  const { news } = newsOf(person);
  const isForeign = (frame: Frame) => said.some(({ text }) => says(String(text))(frame));
  person.say({ action: 'history', ...Object.fromEntries(claimFields.map((field) => [field, channel])) });
  // A room can ignore these fields and send the history again, or send nothing.
  await untilQuiet(subject, [person], QUIET);
  return news().some(isForeign) ? { believed: channel } : {};
}

/** Returns the frames that somebody gets from now on. */
function newsOf(person: Person): { news(): Frame[]; isNews(frame: Frame): boolean } {
  const from = person.heard.length;
  return { news: () => person.heard.slice(from), isNews: (frame) => person.heard.indexOf(frame) >= from };
}
