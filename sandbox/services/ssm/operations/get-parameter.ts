import type { GetParameterRequest, GetParameterResult } from '@aws-sdk/client-ssm';
import { operation } from '../../../calls/operation.ts';
import { describe, findParameter, notFound, parameterArn } from '../parameter.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
export const getParameter = operation<GetParameterRequest, GetParameterResult, 'store'>({
  resource: ({ Name }, call) => parameterArn(Name, call),
  run({ Name = '' }, call) {
    const found = findParameter(Name, call);
    if (found === undefined) throw notFound();
    return { Parameter: describe(found.record, found.version, call, Name) };
  },
});
