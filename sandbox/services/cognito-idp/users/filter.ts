import { invalidParameter } from '../errors.ts';
import type { UserRecord } from '../records.ts';

/** The attributes that AWS can search by, and where a user's record has them. */
const searchable: Readonly<Record<string, (user: UserRecord) => string | undefined>> = {
  username: ({ username }) => username,
  'cognito:user_status': ({ status }) => status,
  status: ({ enabled }) => (enabled ? 'Enabled' : 'Disabled'),
  ...Object.fromEntries(
    ['email', 'phone_number', 'name', 'given_name', 'family_name', 'preferred_username', 'sub'].map((name) => [
      name,
      ({ attributes }: UserRecord) => attributes[name],
    ]),
  ),
};

/**
 * Returns a predicate for a filter such as `email = "a@example.com"` or `username ^= "a"`: only `username`, `sub` and
 * the status are case-sensitive. Throws InvalidParameterException for attributes that AWS can't search by.
 */
export function filterOf(filter: string | undefined): (user: UserRecord) => boolean {
  if (filter === undefined || filter.trim() === '') return () => true;
  const [, name = '', operator, quoted = ''] = /^\s*([\w:]+)\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(filter) ?? [];
  if (operator === undefined) throw invalidParameter('Error while parsing filter.');
  const read = Object.hasOwn(searchable, name) ? searchable[name] : undefined;
  if (read === undefined) throw invalidParameter(`Invalid search attribute: ${name}`);
  const fold = (text: string) =>
    ['username', 'sub', 'cognito:user_status'].includes(name) ? text : text.toLowerCase();
  const wanted = fold(quoted.replace(/\\(.)/g, '$1'));
  return (user) => {
    const value = read(user);
    if (value === undefined) return false;
    return operator === '=' ? fold(value) === wanted : fold(value).startsWith(wanted);
  };
}
