import { evaluate } from '../../iam-policy/evaluate.ts';
import { parsePolicy } from '../../iam-policy/parse.ts';
import type { RoleRecord } from '../iam/records.ts';

/**
 * Whether a role's trust policy allows a service to assume the role: `lambda.amazonaws.com`, on behalf of a function or
 * another resource (https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html).
 */
export function trustsService(
  { Arn, AssumeRolePolicyDocument }: Pick<RoleRecord, 'Arn' | 'AssumeRolePolicyDocument'>,
  service: string,
  sourceArn?: string,
): boolean {
  const { decision } = evaluate({
    principal: { arn: service, type: 'service' },
    action: 'sts:AssumeRole',
    resource: Arn,
    context: {
      'aws:SourceAccount': Arn.split(':')[4] ?? '',
      'aws:PrincipalIsAWSService': true,
      ...(sourceArn === undefined ? {} : { 'aws:SourceArn': sourceArn }),
    },
    identityPolicies: [],
    trustPolicy: { policy: parsePolicy(AssumeRolePolicyDocument) },
  });
  return decision === 'allowed';
}
