import type { AttributeType, CodeDeliveryDetailsType } from '@aws-sdk/client-cognito-identity-provider';
import type { UserPoolRecord, UserRecord } from '../records.ts';
import { readAttributes, requireComplete, requireMutable, type Writer, withAttributes } from './attributes.ts';
import type { UserCall } from './call.ts';
import { codesWith, codesWithout, deliveryOf, newCode, tellCode } from './code.ts';
import { changed, putUser } from './user.ts';
import { requireFreeAlias } from './verification.ts';

/** Sets a user's attributes. If the pool verifies a new address, it gets a code. Returns where the codes were sent. */
export async function updateAttributes(
  user: UserRecord,
  given: readonly AttributeType[] | undefined,
  { pool, writer }: { readonly pool: UserPoolRecord; readonly writer: Writer },
  call: UserCall,
): Promise<CodeDeliveryDetailsType[]> {
  const change = readAttributes(given, pool, writer);
  requireMutable(Object.keys(change), pool);
  for (const [name, value] of Object.entries(change)) requireFreeAlias(user, name, value, pool, call);
  const attributes = withAttributes(user.attributes, change);
  requireComplete(attributes, pool);
  const codes = (['email', 'phone_number'] as const).flatMap((attribute) => {
    const destination = attributes[attribute];
    const isNew = destination !== undefined && destination !== user.attributes[attribute];
    const verifies = pool.settings.AutoVerifiedAttributes?.includes(attribute) ?? false;
    const isOpen = isNew && verifies && attributes[`${attribute}_verified`] !== 'true';
    return isOpen ? [newCode({ purpose: 'VerifyAttribute', attribute, destination }, call)] : [];
  });
  const kept = codes.reduce((all, code) => codesWith({ codes: all }, code), user.codes);
  await call.store.commit([putUser(changed(user, { attributes, codes: kept }, call), pool, call)]);
  for (const code of codes) tellCode(code, user, pool, call);
  return codes.map(deliveryOf);
}

/** A user without some attributes, and without the codes that would verify them. */
export function withoutAttributes(
  user: UserRecord,
  names: readonly string[],
  pool: UserPoolRecord,
): Partial<UserRecord> {
  requireMutable(names, pool);
  const gone = new Set(names.flatMap((name) => [name, `${name}_verified`]));
  const attributes = Object.fromEntries(Object.entries(user.attributes).filter(([name]) => !gone.has(name)));
  requireComplete(attributes, pool);
  const codes = names.reduce(
    (all, attribute) => codesWithout({ codes: all }, { purpose: 'VerifyAttribute', attribute }),
    user.codes,
  );
  return { attributes, codes };
}
