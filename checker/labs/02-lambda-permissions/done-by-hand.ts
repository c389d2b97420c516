import { type PolicyByHand, takeOff } from '../../observe/by-hand.ts';
import type { Decision } from '../../observe/simulate.ts';

/** Whether only a manual change in the account allows it. */
export function isByHand(posting: Decision, byHand: readonly PolicyByHand[]): boolean {
  if (byHand.some(({ kind }) => kind === 'role')) return true;
  if (posting.decision !== 'allowed' || posting.by.length === 0) return false;
  return posting.by.every((policy) => byHand.some((each) => each.kind !== 'role' && each.name === policy));
}

/** Says what manual policies mean for the stack, and how to remove them. */
export function doneByHand(policies: readonly PolicyByHand[]): string {
  const attached = policies.flatMap((policy) => (policy.kind === 'inline' || policy.kind === 'managed' ? policy : []));
  const roles = policies.flatMap((policy) => (policy.kind === 'role' ? policy.role : []));
  const changed = policies.flatMap((policy) => (policy.kind === 'changed' ? policy : []));
  const names = attached.map(({ name }) => name).join(', ');
  return [
    ...(attached.length === 0
      ? []
      : [
          `${names}: attached in the account, not in the file. No deployment removes it, a fresh one won't have it, and destroying the stack fails with DeleteConflict. To detach it: ${attached.map(takeOff).join(' && ')}`,
        ]),
    ...roles.map(
      (role) =>
        `${role}: the function runs as a role that is in the account, not in the file. A fresh deployment uses the role from the file, and destroying the stack leaves this one behind. Put it in stack.ts, and deploy.`,
    ),
    ...changed.map(
      ({ name, actions }) =>
        `${name}: ${actions.join(', ')} was added in the account, not in the file. The next deployment that changes this policy removes it, and a fresh one won't have it. Put it in stack.ts, and deploy.`,
    ),
  ].join(' ');
}
