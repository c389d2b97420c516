import type { CreatePolicyVersionRequest, CreatePolicyVersionResponse } from '@aws-sdk/client-iam';
import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { describeVersion, requireOwnPolicy, savePolicy } from '../policy.ts';
import { requirePolicyDocument } from '../policy-document.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html */
export const createPolicyVersion = operation<
  CreatePolicyVersionRequest,
  CreatePolicyVersionResponse,
  'store' | 'clock'
>({
  resource: ({ PolicyArn }) => PolicyArn ?? '*',
  async run({ PolicyArn, PolicyDocument, SetAsDefault }, call) {
    const policy = requireOwnPolicy(PolicyArn, call);
    if (policy.versions.length >= 5) {
      throw new AwsError(
        'LimitExceeded',
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
        409,
      );
    }
    const version = {
      VersionId: `v${policy.versionsMade + 1}`,
      Document: requirePolicyDocument(PolicyDocument, 'managed'),
      CreateDate: call.clock.now().toISOString(),
    };
    const changed = {
      ...policy,
      versions: [...policy.versions, version],
      versionsMade: policy.versionsMade + 1,
      DefaultVersionId: String(SetAsDefault) === 'true' ? version.VersionId : policy.DefaultVersionId,
    };
    await savePolicy(changed, call);
    return { PolicyVersion: describeVersion(changed, version, 'listed') };
  },
});
