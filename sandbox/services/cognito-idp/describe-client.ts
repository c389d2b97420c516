import type { UserPoolClientType } from '@aws-sdk/client-cognito-identity-provider';
import type { UserPoolClientRecord } from './records.ts';

/** A client as DescribeUserPoolClient returns it. */
export function describeClient({
  poolId,
  id,
  secret,
  settings,
  created,
  modified,
}: UserPoolClientRecord): UserPoolClientType {
  return {
    UserPoolId: poolId,
    ClientId: id,
    ClientSecret: secret,
    ...settings,
    CreationDate: new Date(created),
    LastModifiedDate: new Date(modified),
  };
}
