import type { Target } from '../aws/target.ts';

/** Why the checker could not look, and what to do about it. Never the learner's mistake in the room. */
export interface Failure {
  readonly reason: string;
  readonly next: string;
  /** It's transient: trying again in a moment may succeed. */
  readonly passing?: true;
  /** The account was read, and what the check looked for is not there. */
  readonly notFound?: true;
  /** The account can't do anything anymore, so nothing that fails in it shows a mistake. */
  readonly unusable?: true;
}

/** The parts of a target that a sentence about it needs. */
export type FailedAt = Pick<Target, 'kind' | 'title' | 'profile'>;

/** The facts known about an error. */
interface Symptoms {
  /** Its name and codes, and those of its causes. */
  readonly codes: readonly string[];
  readonly message: string;
  /** The HTTP status that came with it. */
  readonly status: number | undefined;
  readonly target: FailedAt;
}

/** An error to explain, and where it came from. */
export interface Explained {
  readonly target: FailedAt;
  readonly message: string;
  /** The SDK's call: `DescribeStacks`. */
  readonly call: string | undefined;
}

/** One reason why an account can't be read. */
export interface FailureKind {
  readonly matches: (symptoms: Symptoms) => boolean;
  readonly explain: (explained: Explained) => Failure;
}

/** Returns a test of whether an error has one of these codes. */
export const oneOf =
  (...names: string[]) =>
  ({ codes }: Pick<Symptoms, 'codes'>) =>
    codes.some((code) => names.includes(code));

/** Returns a text with a capital at its beginning. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
