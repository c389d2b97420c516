import type { Evidence, Judgement } from '../../checking/check.ts';
import { thrownAt } from '../../observe/thrown.ts';
import { saying } from '../../probe/sayings.ts';
import { shortened } from '../../probe/shortened.ts';
import { crashes } from './findings.ts';

/** More characters than a message can have: docs/wire-format.md. */
const TOO_LONG = 4_200;

/** A message that makes the sending function fail, every time, while ordinary ones arrive. */
export interface Crash {
  readonly said: string;
  /** The account's view of the function. */
  readonly failure: readonly Evidence[];
}

/** Returns what Grace sends by mistake: no text, a text that is no string, is empty, or is too long. */
export function oddMessages(word: (called: string) => string): ReadonlyArray<Readonly<Record<string, unknown>>> {
  const withoutText = () => word('a message from Grace without a text');
  const noString = () => word("a text from Grace that isn't a string");
  const long = `${word('a message from Grace that is too long')} ${saying().padEnd(TOO_LONG, ` ${saying()}`)}`;
  return [
    { note: withoutText() },
    { text: null, note: withoutText() },
    { text: [noString()] },
    { text: { text: noString() } },
    // Her name is what a log can have of it.
    { text: '' },
    { text: long },
  ];
}

/** Returns the judgment on a message that crashes the function. */
export function judgeCrash({ said, failure }: Crash): Judgement {
  return {
    outcome: 'failed',
    actual: `Grace sent ${shortened(said)} and got "Internal server error": the function failed instead of answering.`,
    evidence: failure,
    at: { handler: 'channels/send-message.ts', near: ['console.'] },
    place: thrownAt(failure),
    finding: crashes,
  };
}
