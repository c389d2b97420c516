import type { ListUsersRequest, ListUsersResponse } from '@aws-sdk/client-iam';
import { global } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { pageOf } from '../page.ts';
import { users } from '../records.ts';
import { describeUser } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html */
export const listUsers = operation<ListUsersRequest, ListUsersResponse, 'store'>({
  resource: () => '*',
  run(input, call) {
    const { PathPrefix = '/' } = input;
    const found = users.list(call.store, global(call)).filter(({ Path }) => Path.startsWith(PathPrefix));
    const { items, more } = pageOf(found, input);
    return { Users: items.map((user) => describeUser(user, 'listed')), ...more };
  },
});
