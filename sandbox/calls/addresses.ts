import type { Address } from './context.ts';

/** The path for sockets and `@connections`: `/_aws/execute-api/<apiId>/<stage>`. */
export const executeApiPath = '/_aws/execute-api/';

/** Placeholders in stored state for this account's own address, which changes with every start. */
const placeholderHost = 'practice-account.invalid';

/** The placeholders with their schemes, for API Gateway's and CloudFormation's stored values. */
export const placeholder = {
  http: `http://${placeholderHost}`,
  ws: `ws://${placeholderHost}`,
} as const;

/** Returns the text with every placeholder replaced by the account's current address, even one that lost its scheme. */
export function live(text: string, address: Pick<Address, 'http'>): string {
  return text.includes(placeholderHost) ? text.replaceAll(placeholderHost, new URL(address.http()).host) : text;
}
