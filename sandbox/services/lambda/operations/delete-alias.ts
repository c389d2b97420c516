import type { DeleteAliasRequest } from '@aws-sdk/client-lambda';
import { operation } from '../../../calls/operation.ts';
import { findFunction, functionArn } from '../function-name.ts';
import { functions } from '../records.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteAlias.html */
export const deleteAlias = operation<DeleteAliasRequest, object, 'store'>({
  resource: functionArn,
  async run(input, call) {
    const { record, scope } = findFunction(input, call);
    // AWS returns 204 for a nonexistent alias, too.
    const { [input.Name ?? '']: _alias, ...aliases } = record.aliases;
    const { [input.Name ?? '']: _policy, ...policies } = record.policies;
    await call.store.commit([functions.put(scope, record.FunctionName, { ...record, aliases, policies })]);
    return {};
  },
});
