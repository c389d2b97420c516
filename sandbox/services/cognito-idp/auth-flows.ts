import type { ExplicitAuthFlowsType } from '@aws-sdk/client-cognito-identity-provider';
import { invalidParameter } from './errors.ts';
import type { UserPoolClientRecord } from './records.ts';

const former: readonly string[] = ['ADMIN_NO_SRP_AUTH', 'CUSTOM_AUTH_FLOW_ONLY', 'USER_PASSWORD_AUTH'];

/** A client's default flows. */
const byDefault: readonly ExplicitAuthFlowsType[] = [
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_CUSTOM_AUTH',
];

/** A client's allowed flows, in the newer names. */
export function authFlowsOf({ settings }: Pick<UserPoolClientRecord, 'settings'>): readonly ExplicitAuthFlowsType[] {
  const flows = settings.ExplicitAuthFlows ?? [];
  if (flows.length === 0) return byDefault;
  if (!flows.some((flow) => former.includes(flow))) return flows;
  // The older names always included SRP and refreshing.
  const newer: Readonly<Record<string, ExplicitAuthFlowsType>> = {
    ADMIN_NO_SRP_AUTH: 'ALLOW_ADMIN_USER_PASSWORD_AUTH',
    USER_PASSWORD_AUTH: 'ALLOW_USER_PASSWORD_AUTH',
    CUSTOM_AUTH_FLOW_ONLY: 'ALLOW_CUSTOM_AUTH',
  };
  const named = flows.map((flow) => newer[flow] ?? flow);
  return flows.includes('CUSTOM_AUTH_FLOW_ONLY')
    ? ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']
    : [...new Set<ExplicitAuthFlowsType>([...named, 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'])];
}

/** Throws if older and newer names are mixed. */
export function requireAuthFlows(flows: readonly string[] = []): void {
  if (flows.length === 0) return;
  const old = flows.filter((flow) => former.includes(flow));
  if (old.length > 0 && old.length < flows.length) {
    throw invalidParameter(
      'Cannot set ExplicitAuthFlows with ADMIN_NO_SRP_AUTH, CUSTOM_AUTH_FLOW_ONLY or USER_PASSWORD_AUTH together with values that start with ALLOW_.',
    );
  }
}
