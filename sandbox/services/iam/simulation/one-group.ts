import { AwsError } from '../../../calls/errors.ts';

/**
 * Actions without an entry in the simulator: IAM decides about them, or they are names of API operations. With
 * resources, they can't be combined with known actions.
 */
const unlisted = new Set([
  'apigateway:TagResource',
  'apigateway:UntagResource',
  's3:DeleteBucketOwnershipControls',
  's3:DeleteBucketPublicAccessBlock',
  's3:PutBucketIntelligentTieringConfiguration',
  's3:PutBucketReplication',
  's3:PutObjectLockConfiguration',
]);

/** Pairs of actions that the simulator knows but doesn't accept together. */
const apart: ReadonlyArray<readonly [string, string]> = [
  ['iam:PassRole', 'sts:AssumeRole'],
  ['iam:PassRole', 'sts:AssumeRoleWithSAML'],
  ['iam:PassRole', 'sts:AssumeRoleWithWebIdentity'],
];

const page = 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html';

/**
 * Throws InvalidInput if IAM would not simulate these actions in one request. AWS doesn't document which actions go
 * together: these are from its responses.
 */
export function requireOneGroup(actions: readonly string[], resources: readonly string[]): void {
  const hasResources = resources.some((resource) => resource !== '*');
  const strangers = hasResources ? actions.filter((action) => unlisted.has(action)) : [];
  if (strangers.length > 0 && strangers.length < actions.length) throw mixed(actions, strangers);
  for (const [one, other] of apart) {
    if (actions.includes(one) && actions.includes(other)) throw mixed(actions, [other]);
  }
}

function mixed(actions: readonly string[], second: readonly string[]): AwsError {
  const first = actions.filter((action) => !second.includes(action));
  return new AwsError(
    'InvalidInput',
    `Invalid Input Actions: [${first.join(',')}] and [${second.join(',')}] require different authorization information. Please refer to the documentation for more details: ${page}`,
  );
}
