import type { Decision } from '../../observe/simulate.ts';
import { MANAGE_CONNECTIONS } from './connections.ts';
import { type Excess, listed } from './excess.ts';

/** IAM's answer about one call of each statement, or why it was not asked. */
export type Confirmed = readonly Decision[] | { readonly notAsked: string };

/** Returns what to say about the first finding if IAM does not confirm it. */
export function doubt([first]: readonly Excess[], confirmed: Confirmed): string {
  if ('notAsked' in confirmed)
    return ` Its policies say so; IAM couldn't be asked to confirm it: ${confirmed.notAsked}`;
  const answer = confirmed[0];
  if (first === undefined || answer === undefined || answer.decision === 'allowed') return '';
  if (first.isConditional)
    return " IAM doesn't confirm it: the statement has a condition that a simulation can't meet.";
  const why = answer.why ?? 'it says no policy allows it';
  return ` Its policies say so; IAM doesn't confirm it for ${answer.action}: ${why}.`;
}

/** What all of the excess is about: only posting, to any API or to another one than the room's, or something else. */
export type About = 'every api' | 'another api' | 'anything';

export function aboutWhat(excess: readonly Excess[]): About {
  if (!excess.every(({ actions }) => actions.every((action) => action === MANAGE_CONNECTIONS))) return 'anything';
  // `*`, `arn:aws:execute-api:*:*:*/room`
  const isAny = (resource: string) => /^[*?]|^everything but |^arn:[^/]*:[^:/]*[*?][^:/]*(\/|$)/.test(resource);
  const isOfOther = (resource: string) => /^arn:[^:]*:(?!execute-api:)[^:*?]+:/.test(resource);
  return excess.some(({ resources }) => resources.some((each) => isAny(each) && !isOfOther(each)))
    ? 'every api'
    : 'another api';
}

const CAN: Readonly<Record<About, string>> = {
  'every api': "can post to more than this API's connections",
  'another api': "is allowed to post to something that isn't this API",
  anything: 'can do more than it needs',
};

/** Returns one sentence about everything that is excessive. */
export function tooMuch(roleName: string, apart: boolean, excess: readonly Excess[]): string {
  const [first, ...more] = excess;
  if (first === undefined) return '';
  const others = more.length === 0 ? '' : `, and ${more.length} more ${more.length === 1 ? 'statement' : 'statements'}`;
  const what = CAN[aboutWhat(excess)];
  const who = apart ? `The function runs as ${roleName}, a role that` : `The role ${roleName}`;
  const when = first.isConditional ? ', under a condition' : '';
  const invoking =
    first.witness.action === 'execute-api:Invoke'
      ? ` execute-api:Invoke is for clients. Posting to connections needs only ${MANAGE_CONNECTIONS}.`
      : '';
  return `${who} ${what}: ${inWords(first)}${when}${others}.${invoking}`;
}

/** A statement in words: `iam:* on *, by Wide, statement 2` */
export function inWords({ actions, resources, policy, statement }: Excess): string {
  return `${listed(actions)} on ${listed(resources)}, by ${policy}, ${statement}`;
}
