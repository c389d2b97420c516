import type { Evidence } from '../checking/check.ts';
import { errorIn } from '../observe/thrown.ts';
import { isCrash } from '../probe/frames.ts';

/** How a function failed. */
export interface Failure {
  /** The error in its log: `TypeError: …`. */
  readonly error: string;
  /** A sentence. */
  readonly inWords: string;
  /** Whether AWS denied one of its calls. */
  readonly isDenied: boolean;
}

/** Returns how the function failed that sent somebody this error, as its log has it; undefined if no log shows that. */
export function failureIn(told: { readonly text: string } | undefined, log: readonly Evidence[]): Failure | undefined {
  if (!isCrash(told?.text)) return undefined;
  const error = log.flatMap(({ lines }) => lines.flatMap((line) => errorIn(line) ?? [])).at(-1);
  if (error === undefined) return undefined;
  const [, action] = DENIED.exec(error) ?? [];
  return action === undefined
    ? { error, inWords: `The function failed with ${error.replace(/\.$/, '')}.`, isDenied: false }
    : { error, inWords: `The function isn't allowed ${action}.`, isDenied: true };
}

const DENIED = /is not authorized to perform: (\S+)/;
