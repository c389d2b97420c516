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
 * The error with which a service refuses a caller, with the code and status of its protocol
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html).
 */
export function accessDenied(service: Pick<Service, 'name' | 'target'>, denial: Denial): AwsError {
  const code = familyOf(service) === 'json' ? 'AccessDeniedException' : 'AccessDenied';
  return new AwsError(code, messageOf(service.name, denial), refusalStatus(service));
}

function messageOf(service: string, denial: Denial): string {
  // S3 alone puts the resource in quotes, and STS does not tell what a role's trust leaves out.
  if (service === 's3') return denialMessage({ ...denial, resource: `"${denial.resource}"` });
  const message = denialMessage(denial);
  return service === 'sts' ? message.replace(/ because no .*$/, '') : message;
}
