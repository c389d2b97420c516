import type { SimulateCustomPolicyRequest } from '@aws-sdk/client-iam';
import { operation } from '../../../calls/operation.ts';
import { simulate } from '../simulation/simulate.ts';
import { givenSource, givenSources, requireCaller } from '../simulation/source.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html */
export const simulateCustomPolicy = operation<SimulateCustomPolicyRequest, object>({
  resource: () => '*',
  run(input, call) {
    const { CallerArn = call.caller.arn, ResourcePolicy } = input;
    const accountId = CallerArn.split(':')[4] ?? call.accountId;
    requireCaller(input);
    const boundary = givenSource('PermissionsBoundaryPolicyInputList', input.PermissionsBoundaryPolicyInputList);
    const resourcePolicy = givenSource('ResourcePolicy', ResourcePolicy ? [ResourcePolicy] : []);
    const identity = givenSources('PolicyInputList', input.PolicyInputList);
    const principal = { arn: CallerArn, accountId, type: 'user' } as const;
    return simulate({ principal, identity, boundary, resourcePolicy }, input);
  },
});
