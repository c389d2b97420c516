import type { Clock } from '../../../calls/context.ts';
import type { Store } from '../../../state/store.ts';
import { users } from '../records.ts';

/** A code for the processes of the checkout, because the practice account sends no mail. */
export interface Message {
  /** ISO 8601. */
  readonly sent: string;
  readonly userPoolId: string;
  readonly username: string;
  readonly destination: string;
  readonly purpose: string;
  readonly code: string;
}

/** All users' currently valid codes, the newest first. */
export function sentCodes({ store, clock }: { readonly store: Store; readonly clock: Clock }): Message[] {
  const now = clock.now().toISOString();
  return users
    .scopes(store)
    .flatMap((scope) => users.list(store, scope))
    .flatMap(({ poolId, username, codes }) =>
      codes
        .filter(({ expires }) => expires > now)
        .map(({ sent, destination, purpose, code }) => ({
          sent,
          userPoolId: poolId,
          username,
          destination,
          purpose,
          code,
        })),
    )
    .sort((a, b) => (a.sent < b.sent ? 1 : -1));
}
