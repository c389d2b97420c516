import { type Call, regional } from '../../calls/context.ts';
import { type AccountRecord, accounts } from './records.ts';

const id = 'settings';

/** API Gateway's settings of an account and region, as in responses. */
export interface AccountView {
  readonly CloudwatchRoleArn?: string;
  readonly ThrottleSettings: { readonly BurstLimit: number; readonly RateLimit: number };
  readonly Features: readonly string[];
  readonly ApiKeyVersion: string;
}

/** Returns the ARN of API Gateway's role for logs in an account and region; undefined if it has none. */
export function logRoleOf(
  store: Parameters<typeof accounts.get>[0],
  place: { readonly accountId: string; readonly region: string },
): string | undefined {
  return accounts.get(store, regional(place), id)?.CloudwatchRoleArn;
}

/** Returns the change that sets or removes the role for logs of an account and region. */
export function withLogRole(call: Pick<Call, 'accountId' | 'region'>, CloudwatchRoleArn: string | undefined) {
  const scope = regional(call);
  const record: AccountRecord | undefined = CloudwatchRoleArn === undefined ? undefined : { CloudwatchRoleArn };
  return record === undefined ? accounts.remove(scope, id) : accounts.put(scope, id, record);
}

/** Returns the settings of the caller's account and region. */
export function accountView(call: Call<'store'>): AccountView {
  return {
    CloudwatchRoleArn: logRoleOf(call.store, call),
    ThrottleSettings: { BurstLimit: 5000, RateLimit: 10_000 },
    Features: ['UsagePlans'],
    ApiKeyVersion: '4',
  };
}
