import { prices } from './prices.ts';
import { quotas } from './quotas.ts';

// Pure, without Node.js APIs: the console's page in the browser uses it, too.

/** Assumptions about a room. AWS promises none of them: times depend on region, load and memory, so measure yours. */
export const assumptions = {
  /** Bytes of a row of the connections table: an id, a name, a time. */
  rowBytes: 100,
  /** Bytes of an outgoing message, including the frame. */
  messageBytes: 250,
  /** Seconds of one post to a connection, within a region. */
  postSeconds: 0.012,
  /** Seconds of one page of a scan, which is 1 MB. */
  pageSeconds: 0.05,
  /** Seconds that a warm function needs otherwise. */
  otherSeconds: 0.02,
  /** Our function's memory in GB. */
  gigabytes: 0.25,
} as const;

/** The cost of one message in a room with this many people, and how long it takes. */
export interface MessageCost {
  readonly people: number;
  /** Dollars, by item, if everyone gets it. */
  readonly dollars: {
    readonly messages: number;
    readonly functions: number;
    readonly reads: number;
    readonly transfer: number;
    readonly total: number;
  };
  /** From the function's start until the last person has got it, if nothing stops it. */
  readonly seconds: number;
  /** How many people get it before our function times out. */
  readonly reached: number;
  /** How many messages per second the room can handle before the account's request limit is reached. */
  readonly messagesPerSecond: number;
}

const MEGABYTE = 1024 ** 2;
const GIGABYTE = 1024 ** 3;

/**
 * Returns the cost of one message in this architecture, and how long it takes: the table is read once, and everyone
 * gets one post.
 */
export function costOfMessage(people: number): MessageCost {
  const { messageBytes, gigabytes } = assumptions;
  const seconds = secondsFor(people);
  const messages = (1 + people) * prices.message.dollars;
  const functions = prices.invocation.dollars + seconds * gigabytes * prices.gigabyteSecond.dollars;
  const reads = costOfReading(people);
  const transfer = ((people * messageBytes) / GIGABYTE) * prices.gigabyteOut.dollars;
  return {
    people,
    dollars: { messages, functions, reads, transfer, total: messages + functions + reads + transfer },
    seconds,
    reached: reachedIn(quotas.timeoutSeconds.value, people),
    messagesPerSecond: quotas.requestsPerSecond.value / (1 + people),
  };
}

/** Returns how many people a room can have if a message must reach all of them before the function times out. */
export function mostPeople(timeoutSeconds: number = quotas.timeoutSeconds.value): number {
  let [enough, tooMany] = [0, 100_000_000];
  while (tooMany - enough > 1) {
    const middle = Math.floor((enough + tooMany) / 2);
    if (secondsFor(middle) <= timeoutSeconds) enough = middle;
    else tooMany = middle;
  }
  return enough;
}

/** Returns the cost of reading this many rows of the connections table once, in dollars. */
export function costOfReading(rows: number): number {
  return Math.max(1, Math.ceil((rows * assumptions.rowBytes) / 4096)) * prices.read.dollars;
}

/** Returns the cost of a flood, in dollars, if this many messages per second get through for this many hours. */
export function costOfFlood(perSecond: number, hours: number, people: number): number {
  return perSecond * hours * 3600 * costOfMessage(people).dollars.total;
}

/** Returns the cost of this many connected people in a month of 21 eight-hour days, in dollars. */
export function costOfConnections(people: number): number {
  return people * 21 * 8 * 60 * prices.connectionMinute.dollars;
}

/** Returns how many seconds it takes until this many people have connected. */
export function secondsToConnect(people: number): number {
  return people / quotas.connectionsPerSecond.value;
}

function secondsFor(people: number): number {
  const { postSeconds } = assumptions;
  return scanSeconds(people) + (people * postSeconds) / quotas.lanes.value;
}

function reachedIn(seconds: number, people: number): number {
  const left = Math.max(0, seconds - scanSeconds(people));
  // Rounds away floating-point noise.
  return Math.min(people, Math.floor((left / assumptions.postSeconds) * quotas.lanes.value + 1e-6));
}

function scanSeconds(people: number): number {
  const { rowBytes, pageSeconds, otherSeconds } = assumptions;
  return otherSeconds + Math.max(1, Math.ceil((people * rowBytes) / MEGABYTE)) * pageSeconds;
}
