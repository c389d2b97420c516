import { randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { loadAhead } from '../aws/load-ahead.ts';
import type { Subject } from '../checking/check.ts';
import { browserHeaders } from './browser.ts';
import { type DoorClaims, headersOf } from './door-claims.ts';
import { RefusedError } from './handshake.ts';
import { startNote } from './notes.ts';
import { Person } from './person.ts';
import { sweepLeftRows, sweepRows } from './rows.ts';
import { visitorName } from './visitor-name.ts';

/** How many sockets one conversation can open. */
const MOST_PEOPLE = 23;

/**
 * How long a handshake can take, in milliseconds: API Gateway waits 29 s for a function, and what it answers then is
 * the room's answer
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html).
 */
const HANDSHAKE = 31_000;

/** How long an answer can take, in milliseconds. A cold function starts slowly on AWS. */
const PATIENCE = { practice: 10_000, aws: 20_000 } as const;

/** A token to connect with, or something that isn't one. */
export interface Ticket {
  readonly token?: string;
  /** The room's correct name for them: their username. */
  readonly username?: string;
  /** Their secrets, which nobody in the room may see: tokens, a password. */
  readonly secrets?: readonly string[];
  /** The name they claim in the URL, `?name=`, which is made up; with a token none by default. */
  readonly says?: string;
  /** Names that they claim in other places of their handshake, too. */
  readonly claims?: DoorClaims;
  /** The channel that they ask for, `?channel=`, in rooms with channels. */
  readonly channel?: string;
  /** Another one that the URL names before it. API Gateway passes on the last one, and in a list of its own all. */
  readonly channelBefore?: string | undefined;
  /** Whether they send a browser's headers. By default, half of them do. */
  readonly isBrowser?: boolean;
  /** Their label in the conversation, instead of their first name. */
  readonly label?: string;
}

/** Some people who are in the room together for a moment, and their conversation. */
export interface Visit {
  /** Connects somebody with a first name, `Ada`, and with a token if they have one. */
  join(firstName: string, ticket?: Ticket): Promise<Person>;
  /** The conversation as it happened: `+12 ms  Ada → {"action":"sendmessage",…}`. */
  readonly conversation: readonly string[];
}

/**
 * Enters the room, does what it was asked to, and leaves, whatever happens. The visitors' rows in the room's tables are
 * removed when all checks are over, because API Gateway reports disconnections in its own time. `onLine` gets each line
 * of the conversation as it happens, and none of those about everyone leaving at its end.
 */
export async function visit<T>(
  subject: Subject,
  address: string,
  conversation: (visit: Visit) => Promise<T>,
  onLine: (line: string) => void = () => {},
): Promise<T> {
  const people: Person[] = [];
  const lines: string[] = [];
  let isOver = false;
  const began = performance.now();
  const note = (line: string): number => {
    const at = Math.round(performance.now() - began);
    lines.push(`+${at} ms  ${line}`);
    if (!isOver) onLine(line);
    return at;
  };
  // Everyone listens for the end of the command, and a room has many people.
  setMaxListeners(0, subject.signal);
  const noted = startNote(subject, 'visits');
  subject.afterwards(async () => {
    await noted.end();
    await sweepRows(subject, noted.names);
    const dropLeft = await sweepLeftRows(subject);
    await Promise.all([noted.drop(), dropLeft()]);
  });
  // Rows that were left come first: a user who outlived a killed command can join again, and posts to some rows fail,
  // whoever speaks.
  await sweepLeftRows(subject);
  try {
    return await conversation({
      conversation: lines,
      async join(firstName, ticket = {}) {
        const { token, username, says, claims, channel, channelBefore, isBrowser, label = firstName } = ticket;
        if (people.filter(({ isHere }) => isHere).length === MOST_PEOPLE) {
          throw new Error(`A visit can have at most ${MOST_PEOPLE} people.`);
        }
        const called = says ?? visitorName();
        const isNamed = says !== undefined || token === undefined;
        const query = {
          ...claims?.query,
          ...(isNamed ? { name: called } : {}),
          ...(token === undefined ? {} : { token }),
          ...(channel === undefined
            ? {}
            : { channel: channelBefore === undefined ? channel : [channelBefore, channel] }),
        };
        const name = username ?? called;
        await noted.add(name);
        if (isNamed) await noted.add(called);
        await noted.add(...(claims?.madeUp ?? []));
        const { target, signal } = subject;
        const patience = target.patience ?? PATIENCE[target.kind];
        const handshake = target.patience ?? HANDSHAKE;
        const browser = (isBrowser ?? randomInt(2) === 0) ? await browserHeaders(subject.root, subject.lab) : undefined;
        const who = { label, name, query, browser, headers: claims && headersOf(claims) };
        const joining = Person.join({ ...who, address, patience, handshake, signal, note });
        // After a conversation, tables and logs are read.
        loadAhead(target.clients, 'dynamodb', 'logs');
        const person = await joining.catch((error) => {
          throw error instanceof RefusedError ? new RefusedError(error.status, lines) : error;
        });
        people.push(person);
        return person;
      },
    });
  } finally {
    isOver = true;
    for (const person of people) await person.leave();
  }
}
