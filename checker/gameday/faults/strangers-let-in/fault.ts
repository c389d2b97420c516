import type { Fault } from '../../fault.ts';

export const strangersLetIn: Fault = {
  from: 'Hedy, security',
  complaint: 'In the chat there is somebody called "stranger". Who is that, and who invited them?',
  look: 'Press "Connect without signing in" on the chat page, and follow the handshake with `npx lab trace gameday`: what decides, and what does it answer?',
  cause:
    'The authorizer admits people without a token as `stranger`, and has no identity source, so API Gateway invokes it for them, too.',
  solvedBy: ['stranger-is-refused'],
  alsoFails: [],
  masks: ['token-in-a-header', 'not-live'],
};
