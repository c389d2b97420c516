import type { ListAccountAliasesRequest, ListAccountAliasesResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';

/**
 * No account here has an alias, because none can be created
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html).
 */
export const listAccountAliases = operation<ListAccountAliasesRequest, ListAccountAliasesResponse>({
  resource: () => '*',
  run: () => ({ AccountAliases: [], IsTruncated: false }),
});
