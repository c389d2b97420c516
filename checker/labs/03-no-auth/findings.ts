import type { Finding } from '../../checking/check.ts';

// What may be found of the door, each with the ladder that begins where the learner stands. The checks' own ladders are
// for a door that nobody guards, and for one that refuses in some other way.

const patch = 'The route $connect as it should be, in stack.ts:';

export const attachedToNothing: Finding = {
  id: 'attached-to-nothing',
  hints: [
    'There is a doorkeeper now, and no door to stand at: strangers walk past.',
    'The API has an authorizer, and GetRoutes shows what $connect asks: nothing. Where in stack.ts do the routes get their options?',
    'An authorizer belongs to the API, and decides only for the routes that name it. On a WebSocket API that can be one route only, $connect: what comes later on a socket is not asked again.',
    patch,
  ],
};

export const notLive: Finding = {
  id: 'not-live',
  hints: [
    'The door has a keeper in the API, and people still come in by the door as it was before.',
    'People come in through a stage. What does stack.ts say of how a change of the API gets there?',
    'A stage shows one deployment of the API, a picture of its routes from the time when it was made. With `autoDeploy` each change makes a new one; without it somebody has to, after every change.',
    'The stage as it was shipped, in stack.ts:',
  ],
};

export const nothingLive: Finding = {
  id: 'nothing-live',
  hints: ['Nobody comes in, with a token or without: behind the door is nothing yet.', ...notLive.hints.slice(1)],
};

export const letsIn: Finding = {
  id: 'lets-in',
  hints: [
    'Somebody is asked at the door now, and lets in who has nothing to show.',
    'Two things decide: what the authorizer waits for before its function is called, and what the function does when there is no token. Which of them says yes here?',
    'With an identity source, API Gateway itself refuses by 401 who comes without it, and calls no function. Without one, the function is called for everybody, and what it does with nothing is its own affair: only a verified token may lead to Allow.',
    patch,
  ],
};

export const crashes: Finding = {
  id: 'crashes',
  hints: [
    'Nobody comes in, and nobody was refused either: whatever decides falls over.',
    'Read what it printed: `npx lab check 03` shows the last lines of its log, where there are any. Did it run at all?',
    'To refuse is an answer: a policy that denies, or an error whose message is exactly "Unauthorized". Anything else that is thrown is a fault, and people get 500. The same comes where API Gateway may not invoke the function: it needs a permission for this authorizer.',
    'What differs from the solution, in stack.ts:',
  ],
};

export const wrongProof: Finding = {
  id: 'wrong-proof',
  hints: [
    'The door asks for a proof that nobody in the room can have.',
    'GetRoutes shows what $connect asks for. Compare that with what people of this room are given when they sign in (labs/03-no-auth/README.md).',
    'AWS_IAM wants a request that is signed with AWS credentials, an API key a header that browsers do not send with a socket. A user pool gives tokens, and what reads tokens on a WebSocket API is a Lambda authorizer.',
    patch,
  ],
};

export const wrongSource: Finding = {
  id: 'wrong-source',
  hints: [
    'Half of it is done: strangers stay outside. So does everybody else.',
    'The authorizer waits for the token in one place, and the page sends it in another. Put the identity source that GetAuthorizers shows beside the address that people come by.',
    'An identity source names a part of the handshake. A browser sets no header on a socket, so a token can only travel in the query of the address; the CDK, unless it is told otherwise, waits for a header.',
    patch,
  ],
};

export const noPermission: Finding = {
  id: 'no-permission',
  hints: [
    'The doorkeeper is named, and never gets to hear the bell.',
    'The status is 500 and the log of the function is empty: it was not called. Who is allowed to call it?',
    "A function has a policy of its own that says who may invoke it. API Gateway needs a statement there for this authorizer, `<api>/authorizers/<id>`. The CDK's own construct of an authorizer writes it; whoever takes the Cfn construct writes it too.",
    patch,
  ],
};

export const noPassword: Finding = {
  id: 'no-password',
  hints: [
    'Nobody can sign in, so nobody gets as far as the door.',
    "The page signs people in with a name and a password. Which sign-ins does the user pool's client allow in stack.ts?",
    'A client of a user pool allows only the flows that it lists. A browser signs in with USER_PASSWORD_AUTH or USER_SRP_AUTH; the ADMIN flows need AWS credentials, which no page has.',
    'The client as it was shipped, in stack.ts:',
  ],
};
