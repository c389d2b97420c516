import type { CreateUserRequest, CreateUserResponse } from '@aws-sdk/client-iam';
import { tagging } from '../../../authorization/tagging.ts';
import { type Call, global } from '../../../calls/context.ts';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { permissionsContext } from '../context.ts';
import { isSameName, pathOf, requireName } from '../naming.ts';
import { requireAttachable } from '../policy.ts';
import { type UserRecord, users } from '../records.ts';
import { withTags } from '../tags.ts';
import { describeUser, saveUser } from '../user.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html */
export const createUser = operation<CreateUserRequest, CreateUserResponse, 'store' | 'clock' | 'ids'>({
  resource: newUser,
  alsoNeeds: (input, call) => tagging(input.Tags, 'iam:TagUser', newUser(input, call)),
  context: permissionsContext,
  async run(input, call) {
    const { UserName = '', PermissionsBoundary } = input;
    requireName('userName', UserName, 64);
    const Path = pathOf(input.Path);
    if (users.list(call.store, global(call)).some((user) => isSameName(user.UserName, UserName))) {
      throw new AwsError('EntityAlreadyExists', `User with name ${UserName} already exists.`, 409);
    }
    const user: UserRecord = {
      Path,
      UserName,
      UserId: call.ids.unique('AIDA'),
      Arn: newUser(input, call),
      CreateDate: call.clock.now().toISOString(),
      PermissionsBoundary: PermissionsBoundary === undefined ? undefined : requireAttachable(PermissionsBoundary, call),
      Tags: withTags([], input.Tags),
      inline: {},
      attached: [],
    };
    await saveUser(user, call);
    return { User: describeUser(user) };
  },
});

function newUser({ UserName, Path = '/' }: CreateUserRequest, { accountId }: Pick<Call, 'accountId'>): string {
  return `arn:aws:iam::${accountId}:user${Path}${UserName}`;
}
