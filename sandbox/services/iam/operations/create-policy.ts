import type { CreatePolicyRequest, CreatePolicyResponse } from '@aws-sdk/client-iam';
import { tagging } from '../../../authorization/tagging.ts';
import { type Call, global } from '../../../calls/context.ts';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { isSameName, pathOf, requireDescription, requireName } from '../naming.ts';
import { describePolicy } from '../policy.ts';
import { requirePolicyDocument } from '../policy-document.ts';
import { type PolicyRecord, policies } from '../records.ts';
import { withTags } from '../tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
export const createPolicy = operation<CreatePolicyRequest, CreatePolicyResponse, 'store' | 'clock' | 'ids'>({
  resource: newPolicy,
  alsoNeeds: (input, call) => tagging(input.Tags, 'iam:TagPolicy', newPolicy(input, call)),
  async run(input, call) {
    const { PolicyName = '', Description } = input;
    requireName('policyName', PolicyName, 128);
    requireDescription(Description);
    const Path = pathOf(input.Path);
    const all = policies.list(call.store, global(call));
    if (all.some((other) => isSameName(other.PolicyName, PolicyName))) {
      throw new AwsError(
        'EntityAlreadyExists',
        `A policy called ${PolicyName} already exists. Duplicate names are not allowed.`,
        409,
      );
    }
    const CreateDate = call.clock.now().toISOString();
    const Document = requirePolicyDocument(input.PolicyDocument, 'managed');
    const policy: PolicyRecord = {
      PolicyName,
      PolicyId: call.ids.unique('ANPA'),
      Arn: newPolicy(input, call),
      Path,
      CreateDate,
      UpdateDate: CreateDate,
      ...(Description === undefined ? {} : { Description }),
      DefaultVersionId: 'v1',
      versions: [{ VersionId: 'v1', Document, CreateDate }],
      versionsMade: 1,
      Tags: withTags([], input.Tags),
    };
    await call.store.commit([policies.put(global(call), policy.Arn, policy)]);
    return { Policy: describePolicy(policy, call) };
  },
});

function newPolicy({ PolicyName, Path = '/' }: CreatePolicyRequest, { accountId }: Pick<Call, 'accountId'>): string {
  return `arn:aws:iam::${accountId}:policy${Path}${PolicyName}`;
}
