import type { Need } from '../calls/operation.ts';

/**
 * Returns the permission needed to pass a role to a service, if one is given
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html).
 */
export function passRole(arn: string | undefined, service: string): readonly Need[] {
  if (arn === undefined || arn === '') return [];
  return [{ action: 'iam:PassRole', resource: arn, context: { 'iam:PassedToService': service } }];
}
