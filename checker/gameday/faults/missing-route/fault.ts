import type { Fault } from '../../fault.ts';

export const missingRoute: Fault = {
  from: 'Ada',
  complaint: 'I say good morning, and it tells me that it does not know the action. It knew it last week.',
  look: 'Send a message and follow it with `npx lab trace gameday`: which route does API Gateway choose for it, and which function answers?',
  cause: "The API has no route `sendmessage`, so `$default` answers that it doesn't know the action.",
  solvedBy: ['two-people-talk'],
  alsoFails: ['no-more-than-needed'],
};
