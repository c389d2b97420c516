import type { Subject } from '../checking/check.ts';
import {
  type OtherPool,
  observeOtherPools,
  observePool,
  openUserPool,
  type PoolSettings,
  type UserPool,
} from '../observe/user-pool.ts';
import type { SignInClient } from './sign-in.ts';
import { sweepCognito } from './sweep.ts';

/** The stack's user pool, as far as the checker's own users need it. */
export interface OpenPool {
  readonly pool: UserPool;
  /** By which they sign up and in. */
  readonly client: SignInClient;
  readonly settings: PoolSettings;
}

/** Finds the stack's pool. Leftovers of other checks are swept after the checks. For `subject.once`. */
export async function openPool(subject: Subject): Promise<OpenPool> {
  return open(subject, await openUserPool(subject));
}

/** Another pool of the stack, which the room may trust. */
export interface OtherOpenPool extends OpenPool {
  readonly pool: OtherPool;
}

/** Finds the stack's other pools. For `subject.once`. */
export async function otherPools(subject: Subject): Promise<readonly OtherOpenPool[]> {
  const { pool } = await subject.once(openPool);
  const others = await observeOtherPools(subject, pool);
  return Promise.all(others.map(async (other) => ({ ...(await open(subject, other)), pool: other })));
}

async function open(subject: Subject, pool: UserPool): Promise<OpenPool> {
  const settings = await observePool(subject, pool);
  const { clientSecret, flows, byAddress } = settings;
  subject.afterwards(() => sweepCognito(subject, { poolId: pool.id, byAddress }));
  return { pool, client: { poolId: pool.id, clientId: pool.clientId, clientSecret, flows }, settings };
}
