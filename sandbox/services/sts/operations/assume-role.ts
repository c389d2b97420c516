import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts';
import { tagging } from '../../../authorization/tagging.ts';
import type { Caller } from '../../../calls/caller.ts';
import type { Call } from '../../../calls/context.ts';
import { AwsError, UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { hasIncompleteArn } from '../../../iam-policy/incomplete-arn.ts';
import { validatePolicy } from '../../../iam-policy/validate.ts';
import { type RoleRecord, roles } from '../../iam/records.ts';
import { trustPolicyOf } from '../../iam/trust-principals.ts';
import { assumedRole } from '../assumed-role.ts';
import { packedSize } from '../packed-size.ts';
import { handedOn, sessionTags } from '../session-tags.ts';
import { durationOf, requireSessionName } from '../validation.ts';

const anHour = 3600;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const assumeRole = operation<AssumeRoleRequest, AssumeRoleResponse, 'store' | 'sessions' | 'clock' | 'ids'>({
  resource: ({ RoleArn }) => RoleArn ?? '*',
  // A nonexistent role trusts nobody, and nobody learns that it doesn't exist.
  resourcePolicy({ RoleArn = '' }, call) {
    const role = findRole(RoleArn, call);
    return { kind: 'trust', document: role === undefined ? {} : trustPolicyOf(role, call.store) };
  },
  alsoNeeds: ({ RoleArn = '*', Tags, SourceIdentity }, { caller }) => [
    ...tagging([...handedOn(caller), ...(Tags ?? [])], 'sts:TagSession', RoleArn),
    ...((SourceIdentity ?? caller.session?.sourceIdentity) === undefined
      ? []
      : [{ action: 'sts:SetSourceIdentity', resource: RoleArn }]),
  ],
  context: ({ ExternalId, RoleSessionName = '', SourceIdentity, TransitiveTagKeys = [] }, { caller }) => {
    const identity = SourceIdentity ?? caller.session?.sourceIdentity;
    return {
      'sts:RoleSessionName': RoleSessionName,
      ...(ExternalId === undefined ? {} : { 'sts:ExternalId': ExternalId }),
      ...(identity === undefined ? {} : { 'sts:SourceIdentity': identity }),
      ...(TransitiveTagKeys.length === 0 ? {} : { 'sts:TransitiveTagKeys': TransitiveTagKeys }),
    };
  },
  run(input, call) {
    const { RoleArn = '', RoleSessionName = '', Policy } = input;
    requireSessionName(RoleSessionName);
    refuse(input);
    // With role chaining, a session lasts at most an hour.
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
    const sourceIdentity = sourceIdentityOf(input, call.caller);
    const tagged = sessionTags(input, call.caller);
    const size = packedSize(input, tagged.tags);
    const terms = {
      issued,
      expires,
      policy: Policy,
      ...(policyArns.length === 0 ? {} : { policyArns }),
      ...tagged,
      sourceIdentity,
    };
    return {
      Credentials: call.sessions.issue(session, terms, call.ids),
      AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
      ...size,
      SourceIdentity: sourceIdentity,
    };
  },
});

function findRole(arn: string, call: Call<'store'>): RoleRecord | undefined {
  const [, accountId = '', name = ''] = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (name === '') throw new AwsError('ValidationError', `${arn} is invalid`);
  const role = roles.get(call.store, `${accountId}/global`, name);
  return role?.Arn === arn ? role : undefined;
}

/** The new session's source identity; once set in a chain, it can't be changed. */
function sourceIdentityOf({ SourceIdentity }: AssumeRoleRequest, { session }: Caller): string | undefined {
  const settled = session?.sourceIdentity;
  if (SourceIdentity === undefined) return settled;
  if (!/^[\w+=,.@-]{2,64}$/.test(SourceIdentity)) {
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value '${SourceIdentity}' at 'sourceIdentity' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]* and have length between 2 and 64`,
    );
  }
  if (settled === undefined || settled === SourceIdentity) return SourceIdentity;
  throw new AwsError('AccessDenied', 'The source identity of the session is set, and cannot be changed.', 403);
}

function refuse(input: AssumeRoleRequest): void {
  const { SerialNumber, ProvidedContexts, Policy, PolicyArns } = input;
  if ((ProvidedContexts ?? []).length > 0) throw new UnsupportedError('provided contexts of sessions');
  if (SerialNumber !== undefined) throw new UnsupportedError('multi-factor authentication');
  if ((PolicyArns ?? []).length > 10) {
    throw new AwsError('ValidationError', 'A session has 10 managed session policies at most.');
  }
  if (Policy === undefined) return;
  const [problem] = validatePolicy(Policy, 'inline');
  if (problem !== undefined) throw new AwsError('MalformedPolicyDocument', problem);
  // Session policies can't omit parts of an ARN that identity-based policies can:
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
  if (hasIncompleteArn(Policy)) throw new AwsError('MalformedPolicyDocument', 'The policy has an incomplete ARN.');
  if (Policy.length > 2048) {
    throw new AwsError('PackedPolicyTooLarge', 'Packed policy consumes more than 100% of allotted space.');
  }
}
