import type { Subject } from '../checking/check.ts';
import { logGroupOf } from './find-in-log.ts';
import { eventsSince } from './log-events.ts';

/** How the practice account's error about an operation or an option begins; the rest names it. */
const SENTENCE = /The practice account doesn't support [^"\n]+?(?=\.?["\n\\]|\.?\s*$)/m;

/**
 * How the runtime logs the error that a function failed for: thrown, in text or in JSON, or not caught. If a function
 * handled the error of a service that the practice account doesn't have, the room may not need it.
 */
const FAILED = /\tInvoke Error\s|"name":"NotImplemented"|^NotImplemented: /;

/** Something that the practice account lacks and a function of the room called. */
export interface Unsupported {
  /** A sentence without its period. */
  readonly lacks: string;
  /** Whether the function went on, as far as its logs show. */
  readonly isHandled: boolean;
}

/**
 * Returns what a function of the stack called in this run of the checks that the practice account lacks: an operation
 * of one of its services, even if the function handled the error, or another service that it failed for. Undefined if
 * it called nothing like that. AWS supports everything.
 */
export async function observeUnsupported(
  subject: Pick<Subject, 'target' | 'resources' | 'began'>,
): Promise<Unsupported | undefined> {
  const { target, resources, began } = subject;
  if (target.kind === 'aws' || began === undefined) return undefined;
  const functions = resources.filter(({ type }) => type === 'AWS::Lambda::Function');
  const groups = await Promise.all(functions.map(({ physicalId }) => logGroupOf(target, physicalId)));
  const events = await Promise.all([...new Set(groups)].map((group) => eventsSince(subject, group, began)));
  for (const { message = '' } of events.flatMap((each) => each ?? [])) {
    const found = FAILED.test(message) ? SENTENCE.exec(message) : null;
    if (found !== null) return { lacks: found[0], isHandled: false };
  }
  const ofRoom = new Set(functions.map(({ physicalId }) => physicalId));
  const calls = (await target.unsupported?.()) ?? [];
  const call = calls.find(({ functionName, at }) => at >= began && ofRoom.has(functionName));
  return call && { lacks: call.message.replace(/\.$/, ''), isHandled: true };
}
