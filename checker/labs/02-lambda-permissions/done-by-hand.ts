import { type PolicyByHand, takeOff } from '../../observe/by-hand.ts';
import type { Decision } from '../../observe/simulate.ts';

/** Whether only what somebody did in the account lets it. */
export function isByHand(posting: Decision, byHand: readonly PolicyByHand[]): boolean {
  if (byHand.some(({ kind }) => kind === 'role')) return true;
  if (posting.decision !== 'allowed' || posting.by.length === 0) return false;
  return posting.by.every((policy) => byHand.some((each) => each.kind !== 'role' && each.name === policy));
}

/** What is to be known of it, and how to take it off again. */
export function doneByHand(policies: readonly PolicyByHand[]): string {
  const attached = policies.flatMap((policy) => (policy.kind === 'inline' || policy.kind === 'managed' ? policy : []));
  const roles = policies.flatMap((policy) => (policy.kind === 'role' ? policy.role : []));
  const changed = policies.flatMap((policy) => (policy.kind === 'changed' ? policy : []));
  const names = attached.map(({ name }) => name).join(', ');
  return [
    ...(attached.length === 0
      ? []
      : [
          `${names}: in the account, not in the file: no deployment removes it, a fresh one lacks it, and destroying the stack will meet DeleteConflict. This takes it off: ${attached.map(takeOff).join(' && ')}`,
        ]),
    ...roles.map(
      (role) =>
        `${role}: the function runs as a role that is in the account, not in the file: a fresh deployment has the role of the file, and destroying the stack leaves this one. Write it down in stack.ts, and deploy.`,
    ),
    ...changed.map(
      ({ name, actions }) =>
        `${name}: ${actions.join(', ')} is in the account, not in the file: the next deployment that changes this policy removes it, and a fresh one lacks it. Write it down in stack.ts, and deploy.`,
    ),
  ].join(' ');
}
