import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts';
import type { Call } from '../../../context.ts';
import { AwsError, UnsupportedError } from '../../../errors.ts';
import { validatePolicy } from '../../../iam-policy/validate.ts';
import { operation } from '../../../operation.ts';
import { type RoleRecord, roles } from '../../iam/records.ts';
import { assumedRole } from '../assumed-role.ts';
import { durationOf, requireSessionName } from '../validation.ts';

const anHour = 3600;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const assumeRole = operation<AssumeRoleRequest, AssumeRoleResponse, 'store' | 'sessions' | 'clock' | 'ids'>({
  resource: ({ RoleArn }) => RoleArn ?? '*',
  // A role that is not there trusts nobody, and nobody learns that it is not there.
  resourcePolicy: ({ RoleArn = '' }, call) => ({
    kind: 'trust',
    document: findRole(RoleArn, call)?.AssumeRolePolicyDocument ?? {},
  }),
  context: ({ ExternalId, RoleSessionName = '' }) => ({
    'sts:RoleSessionName': RoleSessionName,
    ...(ExternalId === undefined ? {} : { 'sts:ExternalId': ExternalId }),
  }),
  run(input, call) {
    const { RoleArn = '', RoleSessionName = '', Policy } = input;
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
    if (role === undefined) throw new AwsError('ValidationError', `${RoleArn} is invalid`);
    if (asked > role.MaxSessionDuration) {
      throw new AwsError(
        'ValidationError',
        'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      );
    }
    const session = assumedRole(role, RoleSessionName);
    const issued = call.clock.now();
    const expires = new Date(Math.floor(issued.getTime() / 1000 + asked) * 1000);
    const policyArns = (input.PolicyArns ?? []).map(({ arn = '' }) => arn);
    const terms = {
      issued,
      expires,
      ...(Policy === undefined ? {} : { policy: Policy }),
      ...(policyArns.length === 0 ? {} : { policyArns }),
    };
    return {
      Credentials: call.sessions.issue(session, terms, call.ids),
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

function refuse(input: AssumeRoleRequest): void {
  const { Tags, TransitiveTagKeys, SerialNumber, SourceIdentity, ProvidedContexts, Policy, PolicyArns } = input;
  if (SourceIdentity !== undefined) throw new UnsupportedError('the source identity of sessions');
  if ((ProvidedContexts ?? []).length > 0) throw new UnsupportedError('provided contexts of sessions');
  if ((Tags ?? []).length > 0 || (TransitiveTagKeys ?? []).length > 0) throw new UnsupportedError('session tags');
  if (SerialNumber !== undefined) throw new UnsupportedError('multi-factor authentication');
  if ((PolicyArns ?? []).length > 10) {
    throw new AwsError('ValidationError', 'A session has 10 managed session policies at most.');
  }
  if (Policy === undefined) return;
  const [problem] = validatePolicy(Policy, 'identity');
  if (problem !== undefined) throw new AwsError('MalformedPolicyDocument', problem);
  if (Policy.length > 2048) {
    throw new AwsError('PackedPolicyTooLarge', 'Packed policy consumes more than 100% of allotted space.');
  }
}
