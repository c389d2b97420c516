import type { GetContextKeysForCustomPolicyRequest, GetContextKeysForPolicyResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { contextKeysOf } from '../../../iam-policy/context-keys.ts';
import { givenSources } from '../simulation/source.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html */
export const getContextKeysForCustomPolicy = operation<
  GetContextKeysForCustomPolicyRequest,
  GetContextKeysForPolicyResponse
>({
  resource: () => '*',
  run({ PolicyInputList }) {
    const sources = givenSources('PolicyInputList', PolicyInputList);
    return { ContextKeyNames: [...contextKeysOf(sources.map(({ attached }) => attached.policy))] };
  },
});
