/** The company's domain. From lab 8 on, a user pool takes employees only. */
export const COMPANY = 'unicorn.example';

/** Returns an employee's address. It's short: a room that calls people by it must not say that the name is too long. */
export function addressOf(name: string): string {
  return `${name}@${COMPANY}`;
}
