import type { TimeUnitsType } from '@aws-sdk/client-cognito-identity-provider';
import { invalidParameter } from './errors.ts';
import type { UserPoolClientRecord } from './records.ts';

type Settings = Pick<
  UserPoolClientRecord['settings'],
  'AccessTokenValidity' | 'IdTokenValidity' | 'RefreshTokenValidity' | 'TokenValidityUnits'
>;

const seconds: Readonly<Record<TimeUnitsType, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86400 };

const day = 86400;

/** How long a client's tokens are valid, in seconds. Unset or 0: an hour, and 30 days for refresh tokens. */
export function tokenLifetimes({
  AccessTokenValidity,
  IdTokenValidity,
  RefreshTokenValidity,
  TokenValidityUnits: units = {},
}: Settings): { readonly access: number; readonly id: number; readonly refresh: number } {
  return {
    access: span(AccessTokenValidity, units.AccessToken ?? 'hours') || 3600,
    id: span(IdTokenValidity, units.IdToken ?? 'hours') || 3600,
    refresh: span(RefreshTokenValidity, units.RefreshToken ?? 'days') || 30 * day,
  };
}

/** A client's `RefreshTokenValidity`, in the client's unit even if it is the default. */
export function refreshTokenValidity(settings: Settings): number {
  return tokenLifetimes(settings).refresh / seconds[settings.TokenValidityUnits?.RefreshToken ?? 'days'];
}

/**
 * Throws if tokens would live shorter or longer than Cognito allows; no token lives longer than the refresh token
 * (https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_cognito.UserPoolClient.html).
 */
export function requireLifetimes(settings: Settings): void {
  const { access, id, refresh } = tokenLifetimes(settings);
  const isFit =
    [access, id].every((one) => one >= 300 && one <= Math.min(day, refresh)) &&
    refresh >= 3600 &&
    refresh <= 3650 * day;
  if (!isFit) throw invalidParameter('Invalid range for token validity.');
}

function span(count = 0, unit: TimeUnitsType): number {
  return count * seconds[unit];
}
