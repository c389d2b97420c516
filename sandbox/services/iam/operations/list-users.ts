import type { ListUsersRequest, ListUsersResponse } from '@aws-sdk/client-iam';
import { global } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { pathPrefixOf } from '../naming.ts';
import { listedUnder, pageOf } from '../page.ts';
import { users } from '../records.ts';
import { describeUser } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html */
export const listUsers = operation<ListUsersRequest, ListUsersResponse, 'store'>({
  resource: ({ PathPrefix }, call) => listedUnder('user', PathPrefix, call),
  run(input, call) {
    const prefix = pathPrefixOf(input);
    const found = users.list(call.store, global(call)).filter(({ Path }) => Path.startsWith(prefix));
    const { items, more } = pageOf(found, input);
    return { Users: items.map((user) => describeUser(user, 'listed')), ...more };
  },
});
