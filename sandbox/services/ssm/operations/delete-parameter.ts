import type { DeleteParameterRequest, DeleteParameterResult } from '@aws-sdk/client-ssm';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { notFound, parameterArn } from '../parameter.ts';
import { parameters } from '../records.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html */
export const deleteParameter = operation<DeleteParameterRequest, DeleteParameterResult, 'store'>({
  resource: ({ Name }, call) => parameterArn(Name, call),
  async run({ Name = '' }, call) {
    if (parameters.get(call.store, regional(call), Name) === undefined) throw notFound();
    await call.store.commit([parameters.remove(regional(call), Name)]);
    return {};
  },
});
