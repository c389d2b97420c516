import type { Fault } from '../../fault.ts';

export const noStageInCallback: Fault = {
  from: 'Linus',
  complaint: 'My messages go nowhere. I get "Internal server error", and nobody else sees anything either.',
  look: '`npx lab trace gameday` shows the call that posts to a connection, and its answer. Which address does the function call?',
  cause:
    "The sending function's endpoint lacks the stage. It must be `https://<domain>/<stage>`: without the stage, API Gateway answers 403.",
  solvedBy: ['two-people-talk'],
  alsoFails: [],
};
