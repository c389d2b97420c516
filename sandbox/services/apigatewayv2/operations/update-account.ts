import { passRole } from '../../../authorization/pass-role.ts';
import { UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { assumableRole } from '../../execute-api/role.ts';
import { type AccountView, accountView, withLogRole } from '../account.ts';
import { managedArn } from '../arn.ts';
import { BadRequestException } from '../errors.ts';

interface Input {
  readonly PatchOperations?: ReadonlyArray<{ readonly Op?: string; readonly Path?: string; readonly Value?: string }>;
}

/**
 * Sets the role with which API Gateway writes the logs of all stages, in this account and region.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateAccount.html
 */
export const updateAccount = operation<Input, AccountView, 'store'>({
  action: 'apigateway:PATCH',
  resource: (_input, call) => managedArn(call, 'account'),
  alsoNeeds: (input) => passRole(roleIn(input), 'apigateway.amazonaws.com'),
  async run(input, call) {
    const other = input.PatchOperations?.find(({ Op, Path }) => Op !== 'replace' || Path !== '/cloudwatchRoleArn');
    if (other !== undefined) throw new UnsupportedError(`${other.Op} ${other.Path} of API Gateway's UpdateAccount`);
    if ((input.PatchOperations ?? []).length === 0) return accountView(call);
    const roleArn = roleIn(input);
    if (roleArn !== undefined && assumableRole(call.store, roleArn, call.accountId) === undefined) {
      throw new BadRequestException(
        'The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.',
      );
    }
    await call.store.commit([withLogRole(call, roleArn)]);
    return accountView(call);
  },
});

/** An empty value removes the role. */
function roleIn({ PatchOperations = [] }: Input): string | undefined {
  return PatchOperations.at(-1)?.Value || undefined;
}
