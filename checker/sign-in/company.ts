/** The company's domain. From lab 8 on, the user pool accepts employees only. */
export const COMPANY = 'unicorn.example';

/** The domain of Mallory's address in the lab's story, where anyone can get one. */
export const FREE_MAIL = 'freemail.example';

/**
 * Returns an employee's address. Short: a room that uses addresses as names should show that, instead of failing
 * because the name is too long.
 */
export function addressOf(name: string): string {
  return `${name}@${COMPANY}`;
}
