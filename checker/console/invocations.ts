import { openEvents } from '../aws/account-events.ts';
import type { Target } from '../aws/target.ts';
import type { LogLine } from './logs.ts';

/** How long the account can take to return its events, in milliseconds. */
const patience = 5_000;

/**
 * Returns the ids of the invocations that a request caused, and the id itself: an error frame has API Gateway's id,
 * which logs contain only if the function logs it. AWS doesn't report this, so there it is only the id itself.
 */
export async function invocationsOf(root: string, target: Pick<Target, 'kind'>, request: string): Promise<Set<string>> {
  const ids = new Set([request]);
  if (target.kind === 'aws') return ids;
  let newest = Number.POSITIVE_INFINITY;
  const events = await openEvents(root, (sent) => {
    if (sent.kind === 'notice' && sent.name === 'hello') newest = Number(sent.data.newest);
    if (sent.kind === 'event' && sent.event.trace === request && sent.event.requestId !== undefined)
      ids.add(sent.event.requestId);
    if (newest === 0 || (sent.kind === 'event' && sent.event.id >= newest)) events?.close();
  });
  if (newest === 0) events?.close();
  const timer = setTimeout(() => events?.close(), patience);
  await events?.ended;
  clearTimeout(timer);
  return ids;
}

/** An invocation's id, or API Gateway's: `L0SM9cOFvHcCIhw=`. */
const idShape = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\w+/-]{15}=)$/i;

/** Whether one of these request ids is a log line's own, or is in its text as a whole. Other words never are. */
export function isOfRequest(
  { requestId = '', text }: Pick<LogLine, 'requestId' | 'text'>,
  ids: ReadonlySet<string>,
): boolean {
  const isIn = (id: string) =>
    idShape.test(id) && new RegExp(`(?<![\\w+/])${id.replaceAll('+', '\\+')}(?![\\w+/=-])`).test(text);
  return ids.has(requestId) || [...ids].some(isIn);
}
