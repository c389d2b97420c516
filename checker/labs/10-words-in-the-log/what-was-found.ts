import type { Finding } from '../../checking/check.ts';
import type { FunctionLog } from '../../observe/function-logs.ts';
import { inList } from '../among-ghosts.ts';
import { WHEN_GRACE_IS_GONE, WHEN_IT_FAILED } from './conversation.ts';
import * as findings from './findings.ts';
import type { Leak } from './found-in-logs.ts';
import type { StageGroup } from './stage-logs.ts';

/** A leak, and whose log it is in. */
export interface Found extends Leak {
  readonly writer: Writer;
}

/**
 * The function that logged something, which of the stage's logs it is, or that it is in another log group of the stack.
 */
type Writer =
  | Pick<FunctionLog, 'logicalId' | 'called' | 'functionName'>
  | { readonly stage: StageGroup['kind'] }
  | { readonly resource: string };

/** The worst comes first: a token can be used, a word can be read, a name says who was there. */
export function rank({ needle: { kind, isInvalid }, undone }: Leak): number {
  return (isInvalid ? kinds.length : kinds.indexOf(kind)) * 2 + Math.min(undone.length, 1);
}

/** Says whose log contains what, and what else the logs contain. */
export function whatWasFound(
  { group, needle, undone, inParts, despite, isBegun, writer }: Found,
  found: readonly Found[],
): string {
  const who =
    'stage' in writer
      ? `The ${writer.stage} of the stage`
      : 'resource' in writer
        ? "A log group of the stack that isn't a function's"
        : `The log of ${writer.called}`;
  const how = [
    ...(inParts === true ? [' in parts'] : []),
    ...(undone.length === 0 ? [] : [`, readable for anyone who undoes ${inList(undone)}`]),
    ...(despite === undefined ? [] : [`, ${undone.length === 0 ? 'readable ' : ''}despite ${despite}`]),
  ].join('');
  // A sentence has several words that are looked for, all under its name.
  const begun = isBegun ? `the first letters of ${needle.kind === 'word' ? 'a word in ' : ''}` : '';
  const token =
    needle.kind === 'token' && !needle.isInvalid ? ' Anyone who reads it can connect with it until it expires.' : '';
  const others = kinds.filter((kind) => kind !== needle.kind && found.some((each) => each.needle.kind === kind));
  const more = others.length === 0 ? '' : ` The logs also contain ${inList(others.map((kind) => inWords[kind]))}.`;
  return `${who} (${group}) contains ${begun}${needle.called}${how}.${token}${more}`;
}

const kinds = ['token', 'word', 'name'] as const;
const inWords = { token: 'tokens', word: 'what people said', name: 'names or email addresses' };

/** Returns the mistake that a leak shows, if the check's own hints don't fit. */
export function findingOf(
  { needle, undone, inParts, despite, isBegun, writer }: Found,
  {
    found,
    sender,
    wholeRequests,
  }: { readonly found: readonly Found[]; readonly sender?: string | undefined; readonly wholeRequests: boolean },
): Finding | undefined {
  if ('stage' in writer)
    return wholeRequests && writer.stage === 'execution log' ? findings.dataTrace : findings.stageLog;
  if (needle.kind === 'token' && !needle.isInvalid) return findings.token;
  if (inParts === true) return findings.inParts;
  if (despite !== undefined || isBegun === true) return findings.abridged;
  if (undone.some((each) => each !== 'JSON escapes')) return findings.encoded;
  if ('resource' in writer) return undefined;
  if (writer.logicalId !== sender) return findings.otherFunction;
  if (needle.kind === 'name') return findings.nameOnly;
  const words = found.filter((each) => each.needle.kind === 'word');
  const isOfFailure = ({ needle: { called } }: Found) => [WHEN_IT_FAILED, WHEN_GRACE_IS_GONE].includes(called);
  return words.every(isOfFailure) ? findings.whenItFails : undefined;
}
