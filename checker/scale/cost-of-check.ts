import { assumptions } from './cost-of-message.ts';
import { prices } from './prices.ts';

/** One check's usage of an account. Rounded up generously: on AWS a failed check is retried for a minute. */
export interface Usage {
  /** Messages in and out. */
  readonly messages: number;
  readonly connectionMinutes: number;
  readonly invocations: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

/** By a lab's id. */
export const usageOfCheck: Readonly<Record<string, Usage>> = {
  '01-missing-route': { messages: 100, connectionMinutes: 20, invocations: 60, readUnits: 100, writeUnits: 40 },
  '02-lambda-permissions': { messages: 100, connectionMinutes: 20, invocations: 60, readUnits: 100, writeUnits: 40 },
  '03-no-auth': { messages: 150, connectionMinutes: 60, invocations: 150, readUnits: 150, writeUnits: 60 },
  '04-stale-connections': { messages: 200, connectionMinutes: 30, invocations: 120, readUnits: 400, writeUnits: 150 },
  '05-spoofed-sender': { messages: 1_000, connectionMinutes: 30, invocations: 400, readUnits: 500, writeUnits: 80 },
  // Rows of up to 390 KB, written and deleted, and scans of a table with up to 8 MB to see which are left.
  '06-lost-pages': { messages: 500, connectionMinutes: 90, invocations: 300, readUnits: 70_000, writeUnits: 55_000 },
  '07-open-floodgates': { messages: 400, connectionMinutes: 40, invocations: 150, readUnits: 150, writeUnits: 60 },
  // Sign-ups cost nothing, and of the 50 emails that Cognito sends a day, each check takes two.
  '08-open-sign-up': { messages: 150, connectionMinutes: 30, invocations: 120, readUnits: 150, writeUnits: 60 },
  // Four rows of 390 KB, written and deleted, and read by three messages and the checker.
  '09-leaky-channels': { messages: 300, connectionMinutes: 40, invocations: 150, readUnits: 10_000, writeUnits: 5_000 },
  '10-words-in-the-log': { messages: 250, connectionMinutes: 40, invocations: 180, readUnits: 300, writeUnits: 100 },
  '11-no-way-back': { messages: 500, connectionMinutes: 40, invocations: 200, readUnits: 400, writeUnits: 200 },
};

/** Roughly how many seconds an invocation takes. */
const SECONDS = 0.2;

/** Returns the cost of one check on AWS, in dollars. */
export function costOfCheck({ messages, connectionMinutes, invocations, readUnits, writeUnits }: Usage): number {
  return (
    messages * prices.message.dollars +
    connectionMinutes * prices.connectionMinute.dollars +
    invocations * (prices.invocation.dollars + SECONDS * assumptions.gigabytes * prices.gigabyteSecond.dollars) +
    readUnits * prices.read.dollars +
    writeUnits * prices.write.dollars
  );
}
