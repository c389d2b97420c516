import { AwsError } from '../../calls/errors.ts';
import { deleteConflict, noSuchEntity, requireName } from './naming.ts';
import { requirePolicyDocument } from './policy-document.ts';
import type { Permissions } from './records.ts';

/** An inline policy's owner, for messages. */
export type Owner = 'role' | 'user';

/** The inline policies with one added or replaced. One owner's inline policies can have 10,240 or 2,048 characters. */
export function withInline(
  { inline }: Permissions,
  owner: Owner,
  name: string | undefined,
  document: string | undefined,
): Permissions['inline'] {
  requireName('policyName', name ?? '', 128);
  const changed = { ...inline, [name ?? '']: requirePolicyDocument(document, 'inline') };
  const limit = owner === 'role' ? 10_240 : 2048;
  // White space doesn't count.
  const size = Object.values(changed).reduce((sum, text) => sum + text.replace(/\s/g, '').length, 0);
  if (size > limit) {
    throw new AwsError('LimitExceeded', `Maximum policy size of ${limit} bytes exceeded for ${owner}`, 409);
  }
  return changed;
}

/** Returns one inline policy. Throws NoSuchEntity. */
export function requireInline({ inline }: Permissions, owner: Owner, name: string | undefined): string {
  const document = Object.hasOwn(inline, name ?? '') ? inline[name ?? ''] : undefined;
  if (document === undefined) throw noSuchEntity(`The ${owner} policy with name ${name} cannot be found.`);
  return document;
}

/** The inline policies without one. Throws NoSuchEntity if it doesn't exist. */
export function withoutInline(of: Permissions, owner: Owner, name: string | undefined): Permissions['inline'] {
  requireInline(of, owner, name);
  return Object.fromEntries(Object.entries(of.inline).filter(([other]) => other !== name));
}

/** The attached policies with one more; a role or user can have ten. */
export function withAttached({ attached }: Permissions, owner: Owner, arn: string): readonly string[] {
  if (attached.includes(arn)) return attached;
  if (attached.length >= 10) {
    throw new AwsError(
      'LimitExceeded',
      `Cannot exceed quota for PoliciesPer${owner === 'role' ? 'Role' : 'User'}: 10`,
      409,
    );
  }
  return [...attached, arn];
}

/** The attached policies without one. Throws NoSuchEntity if it is not attached. */
export function withoutAttached({ attached }: Permissions, arn: string | undefined): readonly string[] {
  if (!attached.includes(arn ?? '')) throw noSuchEntity(`Policy ${arn} was not found.`);
  return attached.filter((other) => other !== arn);
}

/** Throws DeleteConflict while policies are left: they must be removed first. */
export function requireNoPolicies({ inline, attached }: Permissions): void {
  if (attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
  if (Object.keys(inline).length > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
}
