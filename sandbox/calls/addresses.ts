import type { Address } from './context.ts';

/** Where sockets and `@connections` are reached by path: `/_aws/execute-api/<apiId>/<stage>`. */
export const executeApiPath = '/_aws/execute-api/';

/** What stands in stored state for this account's own address, which is another one at every start. */
const placeholderHost = 'practice-account.invalid';

/** The placeholders with their schemes: what API Gateway's and CloudFormation's stored values are made with. */
export const placeholder = {
  http: `http://${placeholderHost}`,
  ws: `ws://${placeholderHost}`,
} as const;

/** The text with every placeholder replaced by where the account can be reached now, also one that lost its scheme. */
export function live(text: string, address: Pick<Address, 'http'>): string {
  return text.includes(placeholderHost) ? text.replaceAll(placeholderHost, new URL(address.http()).host) : text;
}
