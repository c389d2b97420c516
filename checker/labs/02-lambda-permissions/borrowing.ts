import type { Subject } from '../../checking/check.ts';
import { INVOKE, observeReached } from '../../observe/other-functions.ts';
import { couldCall, type RolePolicies } from '../../observe/role-policies.ts';
import type { Sender } from '../../observe/sender.ts';
import { observeTrustedBy } from '../../observe/trusted-by.ts';

/** Ways to post with somebody else's permission, for a function whose own role isn't allowed to. */
export interface Borrowing {
  /** ARNs of the stack's roles that it can assume. */
  readonly mayBecome: readonly string[];
  /** The names of the stack's other functions that it can invoke, or of their versions and aliases. */
  readonly mayInvoke: readonly string[];
}

/** Finds out whose permission a function could use, by its role's policies and by who trusts it. */
export async function observeBorrowing(subject: Subject, sender: Sender, policies: RolePolicies): Promise<Borrowing> {
  const [mayBecome, mayInvoke] = await Promise.all([
    observeMayBecome(subject, sender, policies),
    observeMayInvoke(subject, sender, policies),
  ]);
  return { mayBecome, mayInvoke };
}

/** Says whose permission the function uses, as far as that shows. */
export function borrowed(
  { roleName, keysIn }: Pick<Sender, 'roleName' | 'keysIn'>,
  { mayBecome, mayInvoke }: Borrowing = { mayBecome: [], mayInvoke: [] },
): string {
  const fact = `Messages arrive, but the role ${roleName} isn't allowed to post`;
  if (keysIn.length > 0) {
    return `${fact}: the function uses somebody else's access keys, from its environment (${keysIn.join(', ')}). They don't expire, and anyone who can read the function's configuration has them.`;
  }
  if (mayBecome.length > 0) {
    const roles = mayBecome.map((arn) => arn.split('/').at(-1)).join(', ');
    return `${fact}: the function uses somebody else's credentials, because it can assume the role ${roles}. Its own role should have the permissions.`;
  }
  if (mayInvoke.length > 0) {
    return `${fact}: it uses somebody else's credentials, because it can invoke ${mayInvoke.join(', ')}. The sending function should post as its own role.`;
  }
  return `${fact}: the function uses somebody else's credentials. They aren't in its environment. Look in its code, and in what its code reads.`;
}

/** Returns ARNs of the roles that it can assume: those of the stack that its policies name, and those that trust it. */
async function observeMayBecome(subject: Subject, sender: Sender, policies: RolePolicies): Promise<string[]> {
  const { roles } = await observeTrustedBy(subject, sender);
  const account = sender.roleArn.slice(0, sender.roleArn.indexOf(':role/'));
  const named = subject.resources.flatMap(({ type, physicalId }) => {
    const arn = `${account}:role/${physicalId}`;
    const isOther = type === 'AWS::IAM::Role' && physicalId !== sender.roleName;
    return isOther && couldCall(policies, sender.roleArn, 'sts:AssumeRole', arn) ? arn : [];
  });
  return [...new Set([...named, ...roles])];
}

async function observeMayInvoke(subject: Subject, sender: Sender, policies: RolePolicies): Promise<string[]> {
  const { functions } = await observeReached(subject, sender, policies);
  return functions.flatMap(({ name, action }) => (action === INVOKE ? name : []));
}
