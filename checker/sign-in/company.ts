/** The company's domain. From lab 8 on, the user pool accepts employees only. */
export const COMPANY = 'unicorn.example';

/**
 * Returns an employee's address. Short: a room that uses addresses as names should show that, instead of failing
 * because the name is too long.
 */
export function addressOf(name: string): string {
  return `${name}@${COMPANY}`;
}
