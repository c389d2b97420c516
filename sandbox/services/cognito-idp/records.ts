import type { UserPoolClientType, UserPoolType, UserStatusType } from '@aws-sdk/client-cognito-identity-provider';
import { collection } from '../../state/collection.ts';

/** A user pool. Its id has AWS's format: `us-east-1_` and nine letters and digits. Scope: one account and region. */
export interface UserPoolRecord {
  readonly id: string;
  /** DescribeUserPool's output, with AWS's defaults filled in; times are ISO 8601 in `created`, `modified`. */
  readonly settings: Omit<
    UserPoolType,
    'Id' | 'Arn' | 'CreationDate' | 'LastModifiedDate' | 'EstimatedNumberOfUsers' | 'UserPoolTags'
  >;
  readonly tags: Readonly<Record<string, string>>;
  readonly created: string;
  readonly modified: string;
}

/**
 * The keys with which a pool signs its ID and access tokens: private JWKs with `kid`. Stored separately, so that
 * reading a pool never reads them.
 */
export interface PoolKeysRecord {
  readonly poolId: string;
  /** The first signs ID tokens, the second access tokens, as AWS does. */
  readonly keys: ReadonlyArray<Readonly<Record<string, unknown>> & { readonly kid: string }>;
  /** Base64url, 32 bytes: seals refresh tokens and the secret blocks of challenges. */
  readonly secret: string;
}

/**
 * A client of a pool, as DescribeUserPoolClient returns it. Key: its id, because public operations only name the
 * client.
 */
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

/** A user of a pool. Key: `<poolId>/<username>`, the username in lower case if the pool is case-insensitive. */
export interface UserRecord {
  readonly poolId: string;
  /** As chosen; with an email address as sign-in name, the user's `sub`. */
  readonly username: string;
  /** Including `sub`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly status: UserStatusType;
  readonly enabled: boolean;
  /** An SRP salt and verifier, hexadecimal. The password itself is stored nowhere. */
  readonly password?: { readonly salt: string; readonly verifier: string };
  /** When a temporary password expires. ISO 8601. */
  readonly passwordExpires?: string;
  readonly groups: readonly string[];
  /** Codes that were sent and aren't used yet. */
  readonly codes: readonly SentCode[];
  /** Tokens issued before this are revoked: by GlobalSignOut, a new password, or a disabled user. ISO 8601. */
  readonly signedOutAt?: string;
  /** Events of later sign-ins within the same second: tokens have whole seconds, and these aren't revoked. */
  readonly signedInSince?: readonly string[];
  /** Consecutive wrong passwords, and when the last one was tried: ISO 8601. */
  readonly failures?: { readonly count: number; readonly last: string };
  readonly created: string;
  readonly modified: string;
}

/** A code that AWS would have sent by mail. */
export interface SentCode {
  readonly purpose: 'SignUp' | 'ForgotPassword' | 'VerifyAttribute';
  readonly code: string;
  readonly destination: string;
  readonly attribute: string;
  readonly sent: string;
  readonly expires: string;
  /** How often a wrong code was tried. */
  readonly wrong: number;
}

export const userPools = collection<UserPoolRecord>('cognito-idp/pools');
export const poolKeys = collection<PoolKeysRecord>('cognito-idp/keys');
export const userPoolClients = collection<UserPoolClientRecord>('cognito-idp/clients');
export const groups = collection<GroupRecord>('cognito-idp/groups');
export const users = collection<UserRecord>('cognito-idp/users');
