import type { Fault } from '../../fault.ts';

export const tokenInAHeader: Fault = {
  from: 'Margaret',
  complaint: 'Signing in works, but then it says that the room does not let me in. It is the same for everybody here.',
  look: '`npx lab trace gameday` shows the handshake and what rejected it. If no function was invoked, API Gateway did, with 401: what was it looking for?',
  cause:
    "The authorizer's identity source is the header Authorization. A browser can't send a header with a WebSocket; the token is in the address, `route.request.querystring.token`.",
  solvedBy: ['signed-in-user-comes-in'],
  alsoFails: [],
};
