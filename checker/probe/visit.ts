import type { Subject } from '../checking/check.ts';
import { Person } from './person.ts';
import { plainName } from './plain-name.ts';
import { sweepRows } from './rows.ts';
import { visitorTag } from './visitor-name.ts';

/** As many sockets as one conversation may hold open. */
const MOST_PEOPLE = 5;

/**
 * How long a handshake may take, in milliseconds: API Gateway waits 29 s for a function, and what it says then is the
 * room's answer (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html).
 */
const HANDSHAKE = 31_000;

/** How long an answer may take, in milliseconds. A function that was not used for long starts slowly on AWS. */
const PATIENCE = { practice: 10_000, aws: 15_000 } as const;

/** What somebody comes with: a token, or what they take for one. */
export interface Ticket {
  readonly token?: string;
  /** What the room must call them: the name they signed in with. */
  readonly username?: string;
  /** What they say they are called, `?name=`; with a token nothing, unless said. */
  readonly says?: string;
  /** They come by a name that does not tell of the checker. */
  readonly incognito?: boolean;
  /** How the conversation calls them, in place of their first name. */
  readonly label?: string;
}

/** Some people who are in the room together for a moment, and what they said and heard. */
export interface Visit {
  /** Lets somebody join, by a first name: `Ada`; and with a token, where they have one. */
  join(firstName: string, ticket?: Ticket): Promise<Person>;
  /** The conversation as it happened: `+12 ms  Ada → {"action":"sendmessage",…}`. */
  readonly conversation: readonly string[];
}

/**
 * Goes into the room, does what it was asked to, and leaves, whatever happens. The rows that the visitors brought
 * into the room's tables are looked after when all checks are over: API Gateway tells of a leaving in its own time.
 */
export async function visit<T>(
  subject: Subject,
  address: string,
  conversation: (visit: Visit) => Promise<T>,
): Promise<T> {
  const people: Person[] = [];
  const lines: string[] = [];
  const tag = visitorTag(Date.now());
  const began = performance.now();
  const note = (line: string): number => {
    const at = Math.round(performance.now() - began);
    lines.push(`+${at} ms  ${line}`);
    return at;
  };
  const names = new Set([tag]);
  subject.afterwards(() => sweepRows(subject, [...names]));
  try {
    return await conversation({
      conversation: lines,
      async join(firstName, { token, username, says, incognito = false, label = firstName } = {}) {
        if (people.filter(({ isHere }) => isHere).length === MOST_PEOPLE) {
          throw new Error(`A visit is of at most ${MOST_PEOPLE} people.`);
        }
        const called = incognito ? plainName(Date.now()) : `${says ?? firstName} ${tag}`;
        const query = {
          ...(says === undefined && token !== undefined ? {} : { name: called }),
          ...(token === undefined ? {} : { token }),
        };
        const name = username ?? called;
        names.add(name);
        const { target, signal } = subject;
        const patience = target.patience ?? PATIENCE[target.kind];
        const handshake = target.patience ?? HANDSHAKE;
        const person = await Person.join({ label, name, query, address, patience, handshake, signal, note });
        people.push(person);
        return person;
      },
    });
  } finally {
    for (const person of people) await person.leave();
  }
}
