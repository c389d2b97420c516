import { type Call, regional } from '../../../calls/context.ts';
import { collection } from '../../../state/collection.ts';
import type { Write } from '../../../state/store.ts';

/** A sign-in whose tokens are revoked. Key: `<poolId>/<originJti>`. */
interface RevocationRecord {
  readonly poolId: string;
  readonly originJti: string;
  /** When the last of its tokens expires anyway. ISO 8601. */
  readonly ends: string;
}

const revocations = collection<RevocationRecord>('cognito-idp/revocations');

/** The writes that revoke a sign-in's tokens, and drop expired revocations. `ends` in seconds since 1970. */
export function revoke(
  { poolId, originJti, ends }: { readonly poolId: string; readonly originJti: string; readonly ends: number },
  call: Call<'store' | 'clock'>,
): Write[] {
  const scope = regional(call);
  const now = call.clock.now().toISOString();
  const over = revocations.list(call.store, scope).filter((one) => one.ends <= now);
  const record: RevocationRecord = { poolId, originJti, ends: new Date(ends * 1000).toISOString() };
  return [...over.map((one) => revocations.remove(scope, keyOf(one))), revocations.put(scope, keyOf(record), record)];
}

/** Whether a sign-in's tokens are revoked. */
export function isRevoked(poolId: string, originJti: string | undefined, call: Call<'store'>): boolean {
  return (
    originJti !== undefined && revocations.get(call.store, regional(call), keyOf({ poolId, originJti })) !== undefined
  );
}

function keyOf({ poolId, originJti }: Pick<RevocationRecord, 'poolId' | 'originJti'>): string {
  return `${poolId}/${originJti}`;
}
