import type { GetPolicyRequest, GetPolicyResponse } from '@aws-sdk/client-lambda';
import { operation } from '../../../calls/operation.ts';
import { findVersion, functionArn, notFound } from '../function-name.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html */
export const getPolicy = operation<GetPolicyRequest, GetPolicyResponse, 'store'>({
  resource: functionArn,
  run(input, call) {
    const { record, qualifier = '' } = findVersion(input, call);
    const policy = record.policies[qualifier];
    if (policy === undefined) throw notFound('The resource you requested does not exist.');
    return { Policy: JSON.stringify(policy.document), RevisionId: policy.RevisionId };
  },
});
