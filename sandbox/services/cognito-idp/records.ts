import type { UserPoolClientType, UserPoolType, UserStatusType } from '@aws-sdk/client-cognito-identity-provider';
import { collection } from '../../state/collection.ts';

/** A user pool. Its id is AWS's kind: `us-east-1_` and nine letters and digits. Scope: one account and region. */
export interface UserPoolRecord {
  readonly id: string;
  /** What DescribeUserPool tells, as it was set, with AWS's defaults filled in; times are ISO 8601 in `created`, `modified`. */
  readonly settings: Omit<
    UserPoolType,
    'Id' | 'Arn' | 'CreationDate' | 'LastModifiedDate' | 'EstimatedNumberOfUsers' | 'UserPoolTags'
  >;
  readonly tags: Readonly<Record<string, string>>;
  readonly created: string;
  readonly modified: string;
}

/** The key that a pool signs its ID and access tokens with: private JWKs with `kid`. Kept apart, so that reading a pool never reads them. */
export interface PoolKeysRecord {
  readonly poolId: string;
  /** The first signs ID tokens, the second access tokens, as AWS does. */
  readonly keys: ReadonlyArray<Readonly<Record<string, unknown>> & { readonly kid: string }>;
  /** Base64url, 32 bytes: what refresh tokens and secret blocks of challenges are sealed with. */
  readonly secret: string;
}

/** A client of a pool: what DescribeUserPoolClient tells, as it was set. Key: its id, since public operations name the client alone. */
export interface UserPoolClientRecord {
  readonly poolId: string;
  readonly id: string;
  readonly secret?: string;
  readonly settings: Omit<
    UserPoolClientType,
    'UserPoolId' | 'ClientId' | 'ClientSecret' | 'CreationDate' | 'LastModifiedDate'
  >;
  readonly created: string;
  readonly modified: string;
}

/** A group of a pool. Key: `<poolId>/<name>`. */
export interface GroupRecord {
  readonly poolId: string;
  readonly name: string;
  readonly description?: string;
  readonly roleArn?: string;
  readonly precedence?: number;
  readonly created: string;
  readonly modified: string;
}

/** A user of a pool. Key: `<poolId>/<username>`, the username in lower case where the pool ignores case. */
export interface UserRecord {
  readonly poolId: string;
  /** As it was chosen; with an email address as sign-in name, the user's `sub`. */
  readonly username: string;
  /** `sub` among them. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly status: UserStatusType;
  readonly enabled: boolean;
  /** What the password comes to: an SRP salt and verifier, hexadecimal. The password itself is nowhere. */
  readonly password?: { readonly salt: string; readonly verifier: string };
  /** Temporary passwords end. ISO 8601. */
  readonly passwordExpires?: string;
  readonly groups: readonly string[];
  /** Codes that were sent and not used yet. */
  readonly codes: readonly SentCode[];
  /** Tokens issued before this end: GlobalSignOut, a new password, a disabled user. ISO 8601. */
  readonly signedOutAt?: string;
  /** The events of sign-ins in that very second, but after it: tokens count whole seconds, and these do not end. */
  readonly signedInSince?: readonly string[];
  /** Wrong passwords in a row, and when the last one was tried: ISO 8601. */
  readonly failures?: { readonly count: number; readonly last: string };
  readonly created: string;
  readonly modified: string;
}

/** A code that would have been sent by mail, had this account any. */
export interface SentCode {
  readonly purpose: 'SignUp' | 'ForgotPassword' | 'VerifyAttribute';
  readonly code: string;
  readonly destination: string;
  readonly attribute: string;
  readonly sent: string;
  readonly expires: string;
  /** How often a wrong one was tried. */
  readonly wrong: number;
}

export const userPools = collection<UserPoolRecord>('cognito-idp/pools');
export const poolKeys = collection<PoolKeysRecord>('cognito-idp/keys');
export const userPoolClients = collection<UserPoolClientRecord>('cognito-idp/clients');
export const groups = collection<GroupRecord>('cognito-idp/groups');
export const users = collection<UserRecord>('cognito-idp/users');
