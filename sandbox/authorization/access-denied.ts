import { AwsError } from '../calls/errors.ts';
import type { Service } from '../calls/operation.ts';
import type { Decision } from '../iam-policy/decision.ts';
import { denialMessage } from '../iam-policy/denial-message.ts';
import { familyOf, refusalStatus } from '../sigv4/refusal.ts';

export interface Denial {
  readonly principalArn: string;
  readonly action: string;
  readonly resource: string;
  readonly decision: Decision;
}

/**
 * Returns a service's error for a denied caller, with its protocol's code and status
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html).
 */
export function accessDenied(service: Pick<Service, 'name' | 'target'>, denial: Denial): AwsError {
  const code = familyOf(service) === 'json' ? 'AccessDeniedException' : 'AccessDenied';
  return new AwsError(code, messageOf(service.name, denial), refusalStatus(service));
}

function messageOf(service: string, denial: Denial): string {
  // Only S3 puts the resource in quotes, and STS doesn't say what a role's trust policy lacks.
  if (service === 's3') return denialMessage({ ...denial, resource: `"${denial.resource}"` });
  const message = denialMessage(denial);
  return service === 'sts' ? message.replace(/ because no .*$/, '') : message;
}
