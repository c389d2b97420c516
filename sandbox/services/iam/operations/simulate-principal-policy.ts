import type { SimulatePrincipalPolicyRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import type { RequestPrincipal } from '../../../iam-policy/principal.ts';
import { simulate } from '../simulation/simulate.ts';
import { entityOf, givenSource, givenSources, requireCaller } from '../simulation/source.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html */
export const simulatePrincipalPolicy = operation<SimulatePrincipalPolicyRequest, object, 'store'>({
  resource: ({ PolicySourceArn }) => PolicySourceArn ?? '*',
  run(input, call) {
    const { PolicySourceArn = '', CallerArn, ResourcePolicy } = input;
    const entity = entityOf(PolicySourceArn, call);
    requireCaller(input, entity);
    const given = givenSource('PermissionsBoundaryPolicyInputList', input.PermissionsBoundaryPolicyInputList);
    const resourcePolicy = givenSource('ResourcePolicy', ResourcePolicy ? [ResourcePolicy] : []);
    const identity = [...entity.identity, ...givenSources('PolicyInputList', input.PolicyInputList)];
    const principal: RequestPrincipal =
      CallerArn === undefined
        ? { arn: PolicySourceArn, accountId: call.accountId, type: entity.type, roleArn: PolicySourceArn }
        : { arn: CallerArn, accountId: CallerArn.split(':')[4] ?? '', type: 'user' };
    return simulate({ principal, identity, boundary: given ?? entity.boundary, resourcePolicy }, input);
  },
});
