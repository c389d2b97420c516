import type { Caller } from '../calls/caller.ts';
import type { Call } from '../calls/context.ts';
import type { ContextKeys, ContextValue } from '../iam-policy/request-context.ts';
import type { Tag } from '../services/iam/records.ts';

/** The sources of the keys. */
export interface Circumstances {
  readonly caller: Caller;
  readonly region: string;
  readonly now: Date;
  readonly via?: string | undefined;
  readonly principalTags: readonly Tag[];
  readonly resourceTags: Readonly<Record<string, string>> | undefined;
  /** The service's own key for a resource's tags, besides `aws:ResourceTag`. */
  readonly resourceTagKey?: string | undefined;
  readonly resourceAccount: string;
  readonly input: object;
}

const principalTypes: Readonly<Record<Caller['type'], string>> = {
  user: 'User',
  'assumed-role': 'AssumedRole',
  service: 'Service',
  anonymous: 'Anonymous',
};

/**
 * Returns the condition keys that every request has, as far as it has them
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html).
 */
export function globalContext(of: Circumstances): ContextKeys {
  const { caller, region, now, via, resourceAccount } = of;
  const { type, accountId, userId, roleArn, arn } = caller;
  const keys: Record<string, ContextValue> = {
    ...momentKeys(now),
    'aws:RequestedRegion': region,
    'aws:ResourceAccount': resourceAccount,
    'aws:PrincipalType': principalTypes[type],
    'aws:ViaAWSService': via !== undefined,
    'aws:PrincipalIsAWSService': type === 'service',
  };
  if (via === undefined) keys['aws:SourceIp'] = '127.0.0.1';
  else for (const name of ['aws:CalledVia', 'aws:CalledViaFirst', 'aws:CalledViaLast']) keys[name] = via;
  if (type === 'user' || type === 'assumed-role') {
    keys['aws:PrincipalAccount'] = accountId;
    keys['aws:PrincipalArn'] = roleArn ?? arn;
    keys['aws:userid'] = userId;
    if (type === 'user') keys['aws:username'] = arn.slice(arn.lastIndexOf('/') + 1);
  }
  const { session } = caller;
  if (session !== undefined) {
    keys['aws:TokenIssueTime'] = session.issued;
    keys['aws:MultiFactorAuthPresent'] = false;
    if (session.sourceIdentity !== undefined) keys['aws:SourceIdentity'] = session.sourceIdentity;
    if (session.functionArn !== undefined) keys['lambda:SourceFunctionArn'] = session.functionArn;
  }
  for (const { Key, Value } of of.principalTags) keys[`aws:PrincipalTag/${Key}`] = Value;
  for (const [key, value] of Object.entries(of.resourceTags ?? {})) {
    keys[`aws:ResourceTag/${key}`] = value;
    if (of.resourceTagKey !== undefined) keys[`${of.resourceTagKey}/${key}`] = value;
  }
  return { ...keys, ...requestTags(of.input) };
}

/** The keys that every request has, whoever makes it. */
export function momentKeys(now: Date): ContextKeys {
  return {
    'aws:CurrentTime': `${now.toISOString().slice(0, 19)}Z`,
    'aws:EpochTime': Math.floor(now.getTime() / 1000),
    // The account is on this machine: nothing that AWS requires to be encrypted leaves it.
    'aws:SecureTransport': true,
  };
}

/** A request's tags, in any of the services' formats, and the tag keys it removes. */
export function requestTags(input: object): ContextKeys {
  const { Tags, tags, TagKeys, tagKeys } = input as Readonly<Record<string, unknown>>;
  const pairs = pairsOf(Tags ?? tags);
  const gone = TagKeys ?? tagKeys;
  const names = [...pairs.map(([key]) => key), ...(Array.isArray(gone) ? gone.map(String) : [])];
  const keys = pairs.map(([key, value]): [string, string] => [`aws:RequestTag/${key}`, value]);
  return names.length === 0 ? {} : { 'aws:TagKeys': names, ...Object.fromEntries(keys) };
}

function pairsOf(tags: unknown): Array<[key: string, value: string]> {
  if (typeof tags !== 'object' || tags === null) return [];
  if (!Array.isArray(tags)) return Object.entries(tags).map(([key, value]) => [key, String(value)]);
  return tags
    .filter((tag): tag is Record<string, unknown> => typeof tag === 'object' && tag !== null)
    .map((tag) => [String(tag.Key ?? tag.key ?? ''), String(tag.Value ?? tag.value ?? '')]);
}

/** A resource's owner: the account in its ARN, or else the caller's own. */
export function resourceAccountOf(arn: string, { accountId }: Pick<Call, 'accountId'>): string {
  const named = arn.split(':', 5)[4] ?? '';
  return /^\d{12}$/.test(named) ? named : accountId;
}
