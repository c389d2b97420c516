import type { Explained, Failure } from './failure-kind.ts';
import { missingPermission } from './missing-permission.ts';

/** Explains a denied call: which statement is missing, or what denies it. */
export function denied({ message, call }: Explained): Failure {
  const missing = missingPermission(message, call);
  const reason = `The checker's credentials lack a permission: ${message}`;
  if (missing === undefined) {
    return {
      reason,
      next: 'Give the output of `npx lab doctor --policy` to whoever manages permissions in that account.',
    };
  }
  if ('deniedBy' in missing) {
    return {
      reason,
      next: `The ${missing.deniedBy} denies it, and no permission overrides that. Ask whoever manages it, or use another account.`,
    };
  }
  const all = missing.isOfChecker
    ? 'everything the checker needs: `npx lab doctor --policy`'
    : 'everything each command needs: docs/aws.md';
  return {
    reason,
    next: `Give this statement to whoever manages permissions in that account: ${JSON.stringify(missing.statement)} (${all}).`,
  };
}
