import type { PasswordPolicyType } from '@aws-sdk/client-cognito-identity-provider';
import { AwsError } from '../../../calls/errors.ts';
import type { Ids } from '../../../calls/ids.ts';
import { constraint, invalidParameter } from '../errors.ts';
import type { UserPoolRecord } from '../records.ts';

/** AWS's `^[\S]+.*[\S]+$` without its backtracking: anyone with a client's id can send any text. */
const pattern = /^\S.*\S$/;
const symbol = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;

const rules: ReadonlyArray<readonly [keyof PasswordPolicyType, RegExp, string]> = [
  ['RequireUppercase', /[A-Z]/, 'Password must have uppercase characters'],
  ['RequireLowercase', /[a-z]/, 'Password must have lowercase characters'],
  ['RequireNumbers', /[0-9]/, 'Password must have numeric characters'],
  ['RequireSymbols', symbol, 'Password must have symbol characters'],
];

/** Returns the password if it satisfies the pool's policy; throws InvalidPasswordException with the first violation. */
export function requirePassword(password: string | undefined, pool: Pick<UserPoolRecord, 'settings'>): string {
  if (password === undefined) throw constraint('password', password, 'Member must not be null');
  // Messages never contain the value: they may be logged.
  if (password.length > 256 || !pattern.test(password)) {
    throw invalidParameter(
      "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
    );
  }
  return requireConforming(password, pool);
}

/** Like `requirePassword`, for one in the answer to a challenge: AWS doesn't know the form of those in advance. */
export function requireConforming(password: string, pool: Pick<UserPoolRecord, 'settings'>): string {
  const policy = pool.settings.Policies?.PasswordPolicy ?? {};
  if (password.length < (policy.MinimumLength ?? 8)) throw refused('Password not long enough');
  for (const [rule, wanted, problem] of rules) {
    if ((policy[rule] ?? true) && !wanted.test(password)) throw refused(problem);
  }
  if (password.length > 256 || !pattern.test(password)) {
    throw refused('Password must satisfy regular expression pattern: ^\\S.*\\S$');
  }
  return password;
}

/** A password that satisfies every policy, for a user who would get it by mail. */
export function temporaryPassword({ settings }: Pick<UserPoolRecord, 'settings'>, ids: Pick<Ids, 'bytes'>): string {
  const length = Math.max(settings.Policies?.PasswordPolicy?.MinimumLength ?? 8, 12);
  const all = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789!@#%&*';
  const kinds = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '!@#%&*'];
  return Array.from({ length }, (_, index) => kinds[index] ?? all)
    .map((alphabet) => alphabet[Math.floor((ids.bytes(2).readUInt16BE() * alphabet.length) / 65_536)])
    .join('');
}

function refused(problem: string): AwsError {
  return new AwsError('InvalidPasswordException', `Password did not conform with policy: ${problem}`);
}
