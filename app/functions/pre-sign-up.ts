import type { PreSignUpTriggerEvent } from 'aws-lambda';

/** The company's domain: its employees have their email address there. */
const DOMAIN = 'unicorn.example';

/**
 * Invoked by the user pool before it creates a user, whether somebody signs up or an administrator creates the account.
 * Returns the event unchanged for an employee, who then still has to enter the code that is sent to the address. So knowing
 * a colleague's address isn't enough.
 *
 * Throws if the address isn't the company's: then Cognito creates no user and answers the caller with the message, as
 * "PreSignUp failed with error <message>.", with a period of its own.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
 */
export async function handler(event: PreSignUpTriggerEvent): Promise<PreSignUpTriggerEvent> {
  if (domainOf(event.request.userAttributes.email) !== DOMAIN) {
    throw new Error(`Only employees with an address at ${DOMAIN} can have an account`);
  }
  return event;
}

/** Returns what is after the last `@`, in lower case: domains are the same in any case. */
function domainOf(address = ''): string | undefined {
  return /@([^@]+)$/.exec(address)?.[1]?.toLowerCase();
}
