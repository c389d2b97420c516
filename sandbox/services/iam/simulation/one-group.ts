import { AwsError } from '../../../calls/errors.ts';

/**
 * Actions that the simulator has no entry for: IAM decides on them, or they are the names of API operations. With
 * resources it takes them only apart from the actions that it knows.
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

/** Pairs of actions that the simulator knows and does not take together. */
const apart: ReadonlyArray<readonly [string, string]> = [
  ['iam:PassRole', 'sts:AssumeRole'],
  ['iam:PassRole', 'sts:AssumeRoleWithSAML'],
  ['iam:PassRole', 'sts:AssumeRoleWithWebIdentity'],
];

const page = 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html';

/**
 * Throws InvalidInput if IAM would not simulate these actions in one request. AWS's page does not say which actions
 * go together: these are those that its answers have named.
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
