import type { ListRolesRequest, ListRolesResponse } from '@aws-sdk/client-iam';
import { global } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { pathPrefixOf } from '../naming.ts';
import { listedUnder, pageOf } from '../page.ts';
import { roles } from '../records.ts';
import { describeRole } from '../role.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
export const listRoles = operation<ListRolesRequest, ListRolesResponse, 'store'>({
  resource: ({ PathPrefix }, call) => listedUnder('role', PathPrefix, call),
  run(input, call) {
    const prefix = pathPrefixOf(input);
    const found = roles.list(call.store, global(call)).filter(({ Path }) => Path.startsWith(prefix));
    const { items, more } = pageOf(found, input);
    return { Roles: items.map((role) => describeRole(role, call.store, 'listed')), ...more };
  },
});
