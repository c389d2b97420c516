import { collection } from '../../state/collection.ts';
import type { PrincipalIds } from './principal-ids.ts';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** An identity's policies. */
export interface Permissions {
  /** ARN of a managed policy. */
  readonly PermissionsBoundary?: string;
  /** Inline policies: name to JSON text. */
  readonly inline: Readonly<Record<string, string>>;
  /** ARNs of attached managed policies. */
  readonly attached: readonly string[];
}

/** A role's record, by name, in the account's global scope. */
export interface RoleRecord extends Permissions {
  readonly RoleName: string;
  readonly RoleId: string;
  readonly Arn: string;
  readonly Path: string;
  /** ISO 8601. */
  readonly CreateDate: string;
  /** JSON text, as given; IAM's responses percent-encode it. */
  readonly AssumeRolePolicyDocument: string;
  /** Of the users and roles in the trust policy. */
  readonly trustedIds?: PrincipalIds;
  readonly Description?: string;
  /** Seconds. */
  readonly MaxSessionDuration: number;
  readonly Tags: readonly Tag[];
}

export const roles = collection<RoleRecord>('iam/role');

/** A user, by name, in the account's global scope. */
export interface UserRecord extends Permissions {
  readonly UserName: string;
  readonly UserId: string;
  readonly Arn: string;
  readonly Path: string;
  /** ISO 8601. */
  readonly CreateDate: string;
  readonly Tags: readonly Tag[];
}

export const users = collection<UserRecord>('iam/user');

/** A managed policy of the account, by ARN, in the account's global scope. */
export interface PolicyRecord {
  readonly PolicyName: string;
  readonly PolicyId: string;
  readonly Arn: string;
  readonly Path: string;
  /** ISO 8601. */
  readonly CreateDate: string;
  readonly UpdateDate: string;
  readonly Description?: string;
  readonly DefaultVersionId: string;
  /** Oldest first, five at most. */
  readonly versions: readonly PolicyVersionRecord[];
  /** How many versions there have been: their numbers are never reused. */
  readonly versionsMade: number;
  readonly Tags: readonly Tag[];
}

export interface PolicyVersionRecord {
  readonly VersionId: string;
  /** JSON text. */
  readonly Document: string;
  /** ISO 8601. */
  readonly CreateDate: string;
}

export const policies = collection<PolicyRecord>('iam/policy');

/** A user's access key, by its id, in the account's global scope. */
export interface AccessKeyRecord {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly UserName: string;
  readonly Status: 'Active' | 'Inactive';
  /** ISO 8601. */
  readonly CreateDate: string;
}

export const accessKeys = collection<AccessKeyRecord>('iam/access-key');
