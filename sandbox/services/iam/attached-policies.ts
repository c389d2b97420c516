import type { AttachedPolicy } from '@aws-sdk/client-iam';
import { pathPrefixOf } from './naming.ts';
import { type PageInput, pageOf } from './page.ts';

/** A page of a user's or role's managed policies, by their ARNs: all, or those with a path prefix. */
export function attachedPolicies(
  attached: readonly string[],
  input: PageInput & { readonly PathPrefix?: string | undefined },
): { AttachedPolicies: AttachedPolicy[]; IsTruncated: boolean; Marker?: string } {
  const prefix = pathPrefixOf(input);
  const { items, more } = pageOf(
    attached.filter((arn) => pathOf(arn).startsWith(prefix)),
    input,
  );
  return { AttachedPolicies: items.map((arn) => ({ PolicyName: arn.split('/').at(-1), PolicyArn: arn })), ...more };
}

/** `/service-role/` of `arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`. */
function pathOf(arn: string): string {
  return /:policy(\/(?:.*\/)?)/.exec(arn)?.[1] ?? '/';
}
