import type { GetContextKeysForPolicyResponse, GetContextKeysForPrincipalPolicyRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { contextKeysOf } from '../../../iam-policy/context-keys.ts';
import { entityOf, givenSources } from '../simulation/source.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html */
export const getContextKeysForPrincipalPolicy = operation<
  GetContextKeysForPrincipalPolicyRequest,
  GetContextKeysForPolicyResponse,
  'store'
>({
  resource: ({ PolicySourceArn }) => PolicySourceArn ?? '*',
  run({ PolicySourceArn = '', PolicyInputList }, call) {
    const { identity, boundary } = entityOf(PolicySourceArn, call);
    const sources = [...identity, ...(boundary ? [boundary] : []), ...givenSources('PolicyInputList', PolicyInputList)];
    return { ContextKeyNames: [...contextKeysOf(sources.map(({ attached }) => attached.policy))] };
  },
});
