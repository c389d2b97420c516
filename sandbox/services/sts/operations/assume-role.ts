import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts';
import type { Call } from '../../../context.ts';
import { AwsError, UnsupportedError } from '../../../errors.ts';
import { operation } from '../../../operation.ts';
import { type RoleRecord, roles } from '../../iam/records.ts';
import { assumedRole } from '../assumed-role.ts';
import { trusts } from '../trust.ts';
import { durationOf, requireSessionName } from '../validation.ts';

const anHour = 3600;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const assumeRole = operation<AssumeRoleRequest, AssumeRoleResponse, 'store' | 'sessions' | 'clock' | 'ids'>({
  resource: ({ RoleArn }) => RoleArn ?? '*',
  run(input, call) {
    const { RoleArn = '', RoleSessionName = '', ExternalId } = input;
    requireSessionName(RoleSessionName);
    refuse(input);
    // Who assumes a role with the credentials of a role may have them for an hour at most.
    const isChained = call.caller.type === 'assumed-role';
    const asked = durationOf(input.DurationSeconds, anHour, 43_200);
    if (isChained && asked > anHour) {
      throw new AwsError(
        'ValidationError',
        'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
      );
    }
    const role = findRole(RoleArn, call);
    const action = 'sts:AssumeRole';
    if (
      role === undefined ||
      !trusts(role.AssumeRolePolicyDocument, { caller: call.caller, action, externalId: ExternalId })
    ) {
      throw new AwsError(
        'AccessDenied',
        `User: ${call.caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
        403,
      );
    }
    if (asked > role.MaxSessionDuration) {
      throw new AwsError(
        'ValidationError',
        'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      );
    }
    const session = assumedRole(role, RoleSessionName);
    const expiration = new Date(Math.floor(call.clock.now().getTime() / 1000 + asked) * 1000);
    return {
      Credentials: call.sessions.issue(session, expiration, call.ids, input.Policy),
      AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
    };
  },
});

function findRole(arn: string, call: Call<'store'>): RoleRecord | undefined {
  const [, accountId = '', name = ''] = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (name === '') throw new AwsError('ValidationError', `${arn} is invalid`);
  const role = roles.get(call.store, `${accountId}/global`, name);
  return role?.Arn === arn ? role : undefined;
}

function refuse({ PolicyArns, Tags, TransitiveTagKeys, SerialNumber, Policy }: AssumeRoleRequest): void {
  if (PolicyArns !== undefined && PolicyArns.length > 0) throw new UnsupportedError('session policies given by ARN');
  if ((Tags ?? []).length > 0 || (TransitiveTagKeys ?? []).length > 0) throw new UnsupportedError('session tags');
  if (SerialNumber !== undefined) throw new UnsupportedError('multi-factor authentication');
  if (Policy === undefined) return;
  try {
    JSON.parse(Policy);
  } catch {
    throw new AwsError('MalformedPolicyDocument', 'The policy is not in the valid JSON format.');
  }
}
