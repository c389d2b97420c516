import type { DeleteParametersRequest, DeleteParametersResult } from '@aws-sdk/client-ssm';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { parameterArn } from '../parameter.ts';
import { parameters } from '../records.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameters.html */
export const deleteParameters = operation<DeleteParametersRequest, DeleteParametersResult, 'store'>({
  resource: ({ Names = [] }, call) => Names.map((name) => parameterArn(name, call)),
  async run({ Names = [] }, call) {
    const isThere = (name: string) => parameters.get(call.store, regional(call), name) !== undefined;
    const DeletedParameters = Names.filter(isThere);
    const InvalidParameters = Names.filter((name) => !isThere(name));
    await call.store.commit(DeletedParameters.map((name) => parameters.remove(regional(call), name)));
    return { DeletedParameters, InvalidParameters };
  },
});
