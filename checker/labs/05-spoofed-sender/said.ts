import type { DoorClaims } from '../../probe/door-claims.ts';
import { says } from '../../probe/frames.ts';
import type { Person } from '../../probe/person.ts';
import type { Attempt } from './attempt.ts';
import { isAltered, type Round } from './rounds.ts';

/** Somebody in the room, by their label in the conversation. */
export interface Participant {
  readonly label: string;
  person: Person;
  /** Connects them again, if the room closed their connection. */
  readonly comeBack?: () => Promise<Person>;
  /** The names that they claimed when they connected. */
  readonly claims?: DoorClaims;
  /** The names in their attributes in the user pool. */
  readonly profile?: Readonly<Record<string, string>>;
  /** Whether their row says that they connected long ago. */
  readonly isOld?: boolean;
}

/** One message that somebody sent. */
export interface Said {
  readonly speaker: Participant;
  readonly attempt: Attempt;
  /** How many frames each person had got before. */
  readonly from: readonly number[];
  readonly told?: string;
  /** The people whose connections the room has closed, by their labels. */
  readonly closed?: readonly string[];
}

/** Returns what has happened to a message so far, from the frames that everyone has got. */
export function roundOf(said: readonly Said[], index: number, people: readonly Participant[]): Round {
  const { speaker, attempt, told, closed, from } = said[index] as Said;
  const { from: until = [] } = said[index + 1] ?? {};
  const round: Round = {
    ...attempt,
    speaker: speaker.label,
    name: speaker.person.name,
    atTheDoor: speaker.claims,
    profile: speaker.profile,
    others: people.flatMap((each) => (each === speaker ? [] : each.person.name)),
    present: people.map(({ label }) => label),
    old: people.find(({ isOld }) => isOld)?.label,
    heard: people.flatMap(({ label: who, person }) =>
      person.heard.filter(says(attempt.text)).map(({ fields }) => ({ who, fields })),
    ),
    told,
    closed,
  };
  // What the room repeats from before isn't this message: a history, for example.
  const earlier = people.flatMap(({ person }, position) => person.heard.slice(0, from[position]));
  const texts = new Set<unknown>([
    ...said.map((each) => each.attempt.text),
    ...earlier.map(({ fields }) => fields.text),
  ]);
  const altered = people.flatMap(({ label: who, person }, position) =>
    person.heard
      .slice(from[position], until[position])
      .filter((frame) => !texts.has(frame.fields.text) && isAltered(frame, round))
      .map(({ fields }) => ({ who, fields })),
  );
  const instead = people.flatMap(({ person }) => person.heard).find(({ text }) => text.includes(attempt.text));
  return {
    ...round,
    ...(altered.length === 0 ? {} : { altered }),
    instead: round.heard.length > 0 ? undefined : instead?.text,
  };
}
