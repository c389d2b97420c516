import { evaluate } from '../../iam-policy/evaluate.ts';
import { parsePolicy } from '../../iam-policy/parse.ts';
import type { RoleRecord } from '../iam/records.ts';

/** Whether a role's trust policy lets a service assume the role: `lambda.amazonaws.com`. */
export function trustsService(
  { Arn, AssumeRolePolicyDocument }: Pick<RoleRecord, 'Arn' | 'AssumeRolePolicyDocument'>,
  service: string,
): boolean {
  const { decision } = evaluate({
    principal: { arn: service, type: 'service' },
    action: 'sts:AssumeRole',
    resource: Arn,
    context: { 'aws:SourceAccount': Arn.split(':')[4] ?? '', 'aws:PrincipalIsAWSService': true },
    identityPolicies: [],
    trustPolicy: { policy: parsePolicy(AssumeRolePolicyDocument) },
  });
  return decision === 'allowed';
}
