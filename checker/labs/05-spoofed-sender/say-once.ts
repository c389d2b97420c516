import type { Subject } from '../../checking/check.ts';
import { says } from '../../probe/frames.ts';
import type { Frame, Person } from '../../probe/person.ts';
import { APART } from '../../probe/speak.ts';
import { untilFinished, untilQuiet } from '../../probe/until-quiet.ts';
import type { Attempt } from './attempt.ts';
import { mayBeForSome, mustBeHeard } from './kinds.ts';
import { asText, isLike, troubleIn } from './rounds.ts';
import type { Participant } from './said.ts';

/**
 * How long a room may stay silent about a message, in milliseconds, before the next one is sent: it may reject
 * silently. Later frames count, too.
 */
export const SILENCE = { practice: 3_000, aws: 8_000 } as const;

interface Saying {
  readonly speaker: Person;
  readonly people: ReadonlyArray<Pick<Participant, 'person'>>;
  readonly attempt: Attempt;
  /** Whether the room rejects silently: then only ordinary messages are waited for. */
  readonly isSilent: boolean;
}

/** Sends a message and waits until everyone who must get it has, or the sender got an error. Returns that error. */
export async function sayOnce(
  subject: Pick<Subject, 'target' | 'signal'>,
  { speaker, people, attempt: { kind, text, frame }, isSilent }: Saying,
): Promise<string | undefined> {
  const { target } = subject;
  const before = speaker.heard.length;
  speaker.sendText(frame);
  const isCertain = mustBeHeard(kind);
  if (isSilent && !isCertain) return undefined;
  const isNew = (each: Frame) => speaker.heard.indexOf(each) >= before;
  // Messages are answered one at a time, so that each error can be assigned to its message.
  const isError = (each: Frame) => !isSilent && isNew(each) && troubleIn(each) !== undefined;
  // A part of the text won't become the whole.
  const isAltered = ({ fields }: Frame) => fields.type === 'message' && isLike(asText(fields.text), text);
  // Another action can have an answer of its own, such as a history.
  const isOwn = (each: Frame) => kind === 'another action' && isNew(each);
  const isAnswer = (each: Frame) => says(text)(each) || isAltered(each) || isError(each) || isOwn(each);
  const answer = await (isCertain ? speaker.hears(isAnswer) : mayHear(subject, speaker, isAnswer));
  // Nobody has to get such a message, and a copy that comes later counts, too.
  if (answer !== undefined && says(text)(answer) && !mayBeForSome(kind))
    await Promise.all(people.map(({ person }) => person.hears(says(text), APART[target.kind])));
  if (kind !== 'plain' || answer === undefined || !says(text)(answer)) return troubleIn(answer);
  // A function that has posted can still fail, or answer nothing.
  await untilFinished(subject);
  await speaker.listens(0);
  return troubleIn(speaker.heard.slice(before).find(isError));
}

/** Within this many milliseconds, most answers come. */
const SOON = 50;

/** Waits for an answer that may never come: if the account can say so, only as long as functions are running. */
async function mayHear(
  subject: Pick<Subject, 'target' | 'signal'>,
  speaker: Person,
  isAnswer: (frame: Frame) => boolean,
): Promise<Frame | undefined> {
  if (subject.target.quietFor === undefined) return speaker.hears(isAnswer, SILENCE[subject.target.kind]);
  const soon = await speaker.hears(isAnswer, SOON);
  if (soon !== undefined) return soon;
  await untilQuiet(subject, [speaker]);
  return speaker.hears(isAnswer, 0);
}
