import { randomBytes } from 'node:crypto';
import type { PoolSettings } from '../observe/user-pool.ts';

/** Valid values of attributes that Cognito validates. */
export const validValues: Readonly<Record<string, string>> = {
  phone_number: '+15555550100',
  email_verified: 'true',
  phone_number_verified: 'true',
  birthdate: '1815-12-10',
  updated_at: '0',
};

/** Returns the attributes that a user of a pool must have. */
export function requiredAttributes({ required }: Pick<PoolSettings, 'required'>): Record<string, string> {
  return Object.fromEntries(required.map((name) => [name, validValues[name] ?? 'somewhere']));
}

/** Returns an unguessable password, with one character of each kind that a policy can require. */
export function passwordOf(shortest: number): string {
  return `aA1-${randomBytes(Math.max(24, shortest)).toString('base64url')}`.slice(0, Math.max(32, shortest));
}
