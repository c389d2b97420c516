import type { PreSignUpTriggerEvent } from 'aws-lambda';

/** The domain of the employees' email addresses. */
const DOMAIN = 'unicorn.example';

/**
 * Invoked by the user pool before it creates a user, whether somebody signs up or an administrator creates the account.
 * Returns the event unchanged for an employee, who then still has to enter the code that is sent to the address. So it
 * isn't enough to know a colleague's address.
 *
 * Throws if the address isn't the company's. Then Cognito creates no user, and its answer contains the message: "PreSignUp
 * failed with error <message>." It adds the period.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
 */
export async function handler(event: PreSignUpTriggerEvent): Promise<PreSignUpTriggerEvent> {
  if (domainOf(event.request.userAttributes.email) !== DOMAIN) {
    throw new Error(`Only employees with an address at ${DOMAIN} can have an account`);
  }
  return event;
}

/** Returns the part after the last `@`, in lower case: domains aren't case-sensitive. */
function domainOf(address = ''): string | undefined {
  return /@([^@]+)$/.exec(address)?.[1]?.toLowerCase();
}
