import type { Subject } from '../../checking/check.ts';
import { shortened } from '../../probe/shortened.ts';
import type { Visit } from '../../probe/visit.ts';
import type { Attempt } from './attempt.ts';
import { type Round, wrongIn } from './rounds.ts';
import { type Participant, roundOf, type Said } from './said.ts';
import { SILENCE, sayOnce } from './say-once.ts';

/** The messages of people who claimed to be somebody else, and what everyone received. */
export interface Conversation {
  /** In order. If something went wrong, it was the last one. */
  readonly rounds: readonly Round[];
  /** The lines of the last round if something went wrong, otherwise of the first ones. */
  readonly conversation: readonly string[];
  /** It ended because somebody missed a message, but got it since: then not everything was tried. */
  readonly isCutShort?: boolean;
}

/** How many lines to show of a conversation in which nothing went wrong. */
const LINES = 12;

/** How a conversation ended. */
export interface Ended {
  /** Whether something went wrong before everything was tried. */
  readonly ended: boolean;
  /** Whether the room rejects silently. */
  readonly isSilent: boolean;
}

/** Returns whether the last message of a conversation went wrong. */
export function isWrong({ rounds }: Conversation): boolean {
  const last = rounds.at(-1);
  return last !== undefined && wrongIn(last) !== undefined;
}

/** Sends a message, in a room that answers or in one that rejects silently. */
export type Say = (speaker: Participant, attempt: Attempt, isSilent: boolean) => Promise<Round>;

/** What people say one after the other. */
export interface Talk {
  readonly say: Say;
  /** Sends a message that claims nothing, and is in no round. */
  readonly ask: (speaker: Participant, attempt: Attempt) => Promise<void>;
  /** Waits for the last copies, and returns all rounds until the first that went wrong. */
  readonly end: (ended: Ended) => Promise<Conversation>;
}

/** Lets some people talk: the messages that they send, and what everyone gets. */
export function talkOf(
  subject: Subject,
  inside: Visit,
  people: readonly Participant[],
  pace: () => Promise<void>,
): Talk {
  const said: Said[] = [];
  const begins: number[] = [];
  const untilReady = async () => {
    await pace();
    for (const each of people) if (!each.person.isHere) await comeBack(each);
  };
  return {
    async say(speaker, attempt, isSilent) {
      await untilReady();
      begins.push(inside.conversation.length);
      const from = people.map(({ person }) => person.heard.length);
      const told = await sayOnce(subject, { speaker: speaker.person, people, attempt, isSilent });
      const closed = people.flatMap(({ label, person }) => (person.isHere ? [] : label));
      said.push({ speaker, attempt, from, told, ...(closed.length === 0 ? {} : { closed }) });
      return roundOf(said, said.length - 1, people);
    },
    async ask(speaker, attempt) {
      await untilReady();
      await sayOnce(subject, { speaker: speaker.person, people, attempt, isSilent: false });
    },
    async end({ ended, isSilent }) {
      // A copy of a rejected message may have arrived since.
      await Promise.all(
        people.map(({ person }) => person.listens(isSilent && !ended ? SILENCE[subject.target.kind] : 0)),
      );
      const rounds = said.map((_, index) => roundOf(said, index, people));
      const wrong = rounds.findIndex((round) => wrongIn(round) !== undefined);
      const shown = wrong === -1 ? inside.conversation.slice(0, LINES) : linesOf(inside, begins, wrong);
      return {
        rounds: wrong === -1 ? rounds : rounds.slice(0, wrong + 1),
        conversation: shown.map((line) => shortened(line)),
        isCutShort: ended && wrong === -1,
      };
    },
  };
}

/** People who have connected each send a message, until one goes wrong. */
export async function eachSays(
  subject: Subject,
  inside: Visit,
  people: readonly Participant[],
  { message, pace }: { readonly message: () => Attempt; readonly pace: () => Promise<void> },
): Promise<Conversation> {
  const joining = [...inside.conversation];
  const talk = talkOf(subject, inside, people, pace);
  for (const each of people) if (wrongIn(await talk.say(each, message(), false)) !== undefined) break;
  const { conversation, ...ended } = await talk.end({ ended: false, isSilent: false });
  return { ...ended, conversation: [...joining, ...conversation] };
}

/** A room can reject a message by closing its sender's connection. What somebody got before stays. */
async function comeBack(participant: Participant): Promise<void> {
  const { heard } = participant.person;
  const person = await participant.comeBack?.();
  if (person === undefined) return;
  person.heard.unshift(...heard);
  participant.person = person;
}

function linesOf({ conversation }: Visit, begins: readonly number[], round: number): string[] {
  return conversation.slice(begins[round], begins[round + 1]);
}
