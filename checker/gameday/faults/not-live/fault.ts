import type { Fault } from '../../fault.ts';

export const notLive: Fault = {
  from: 'Ken',
  complaint: 'I joined an hour ago, and now nobody can. The page only says "Connection lost". Did you take it down?',
  look: 'No function logs anything. Look at the stage, in the console or with `aws apigatewayv2 get-stage`: what is deployed to it?',
  cause:
    'The stage has `autoDeploy: false`, and nothing deploys the API to it: routes and integrations exist, but none of them is live.',
  solvedBy: ['signed-in-user-comes-in'],
  alsoFails: [],
};
