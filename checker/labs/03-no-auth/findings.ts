import type { Finding } from '../../checking/check.ts';

// Mistakes that can be found at the door, each with hints that start where the learner is. The checks' own hints are
// for a door that nobody guards, and for one that rejects people in some other way.

const patch = 'The route $connect as it should be, in stack.ts:';

export const attachedToNothing: Finding = {
  id: 'attached-to-nothing',
  hints: [
    'There is an authorizer now, but no route uses it: strangers still connect.',
    'The API has an authorizer, but GetRoutes shows that $connect requires no authorization. Where in stack.ts do the routes get their options?',
    'An authorizer belongs to the API, and decides only for routes that name it. On a WebSocket API that can only be $connect: later messages on the socket are not authorized again.',
    patch,
  ],
};

export const notLive: Finding = {
  id: 'not-live',
  hints: [
    'The API has the authorizer on $connect, but clients still use the API as it was before.',
    'Clients connect to a stage. How do changes to the API get there, according to stack.ts?',
    'A stage serves one deployment of the API: a snapshot of its routes. With `autoDeploy`, each change creates a new deployment. Without it, you have to create one after every change.',
    'The original stage, in stack.ts:',
  ],
};

export const nothingLive: Finding = {
  id: 'nothing-live',
  hints: ['Nobody can connect, with or without a token: nothing is deployed to the stage.', ...notLive.hints.slice(1)],
};

export const letsIn: Finding = {
  id: 'lets-in',
  hints: [
    'An authorizer decides now, and it admits people without a token.',
    "Two things decide: the authorizer's identity source, before its function is invoked, and what the function does without a token. Which of them admits people here?",
    'With an identity source, API Gateway itself rejects requests without it (401) and invokes no function. Without one, it invokes the function for everyone, and the function has to deny requests without a token. Only a verified token may lead to Allow.',
    patch,
  ],
};

export const crashes: Finding = {
  id: 'crashes',
  hints: [
    "Signed-in users can't connect: whatever decides crashes.",
    'Read its log: `npx lab check 03` shows the last lines, if there are any. Did it run at all?',
    `An authorizer rejects a request by returning a policy with Deny, or by throwing an error whose message is exactly "Unauthorized". Any other error is a failure, and clients get 500. They also get 500 if API Gateway isn't allowed to invoke the function: it needs a permission for this authorizer.`,
    'How your stack.ts differs from the solution:',
  ],
};

/** Others may get in. */
export const crashesInstead: Finding = {
  id: 'crashes-instead',
  hints: [
    "Somebody whom the room should reject doesn't get in, but isn't rejected properly either: whatever decides crashes.",
    ...crashes.hints.slice(1),
  ],
};

/** Anyone who has read the code or the configuration gets in. */
export const backDoor: Finding = {
  id: 'back-door',
  hints: [
    'Somebody gets in without a valid token: the room admits them for something else in their handshake.',
    '`npx lab check 03` shows what it was, and where in the handshake. Search your code and stack.ts for it. What does the authorizer do when it finds it?',
    "A fixed text doesn't identify anyone. Everyone who has read the code, the function's configuration or a log can send it, and so can everyone whom they told. Clients other than browsers can send any header, `Origin` included. Only a token that the user pool signed says who somebody is. Tests and monitoring can sign in as users of their own.",
    'How your files differ from the solution:',
  ],
};

export const wrongProof: Finding = {
  id: 'wrong-proof',
  hints: [
    "$connect requires credentials that none of the room's users can have.",
    'GetRoutes shows what $connect requires. Compare that with what users get when they sign in (labs/03-no-auth/README.md).',
    "AWS_IAM requires requests signed with AWS credentials. An API key requires a header that browsers can't send with a socket. A user pool issues tokens, and on a WebSocket API, tokens are checked by a Lambda authorizer.",
    patch,
  ],
};

export const wrongSource: Finding = {
  id: 'wrong-source',
  hints: [
    'Half of it is done: strangers are rejected. So is everyone else.',
    "The authorizer expects something that the page doesn't send. Compare the identity source that GetAuthorizers shows with the URL that clients connect to.",
    "An identity source names a part of the handshake. A browser can't set headers on a socket, so the token has to be in the query string. The CDK's default is a header.",
    patch,
  ],
};

export const noPermission: Finding = {
  id: 'no-permission',
  hints: [
    'The authorizer is attached, but its function is never invoked.',
    "The status is 500 and the function's log is empty: it was not invoked. Who is allowed to invoke it?",
    "A function has a resource-based policy that says who can invoke it. API Gateway needs a statement there for this authorizer, `<api>/authorizers/<id>`. The CDK's authorizer construct adds it. With the Cfn construct, you have to add it yourself.",
    patch,
  ],
};

const talking = [
  'Read the conversation, and what the function behind the route logged: `npx lab check 03` shows both.',
  'Getting in and talking in the room are two things. Only the first is broken in this lab, so something else was changed along the way.',
  '`npx lab diff 03` shows what you changed in the lab. Leave app/functions unchanged, except for the authorizer if you write your own.',
] as const;

/** The hints if not everyone gets each message. */
export const unheard = ['Signed-in users get in, but not everyone gets each message once.', ...talking] as const;

/** Nobody can say which name the room has for somebody whose message doesn't come back. */
export const nothingComesBack: Finding = {
  id: 'nothing-comes-back',
  hints: ["Signed-in users get in, but a message doesn't even come back to its sender.", ...talking],
};

export const noPassword: Finding = {
  id: 'no-password',
  hints: [
    'Nobody can sign in, so nobody gets as far as connecting.',
    "The page signs people in with a username and a password. Which flows does the user pool's client allow in stack.ts?",
    'A client of a user pool allows only the flows that it lists. A browser signs in with USER_PASSWORD_AUTH or USER_SRP_AUTH; the ADMIN flows need AWS credentials, which no page has.',
    'The original client, in stack.ts:',
  ],
};

export const notRenewed: Finding = {
  id: 'not-renewed',
  hints: [
    'People get in right after they sign in. When they connect again later, they have to enter their password again.',
    "The page renews its token before it connects. Which flows does the user pool's client allow in stack.ts, and does a trigger of the pool reject renewals?",
    'Tokens are valid for five minutes, and a refresh token gets new ones without a password. For that, the client has to allow ALLOW_REFRESH_TOKEN_AUTH, which the CDK adds by default.',
    'The original client, in stack.ts:',
  ],
};

export const onlyAtFirst: Finding = {
  id: 'only-at-first',
  hints: [
    'People get in right after they sign in, but not when they connect again.',
    'The page renews its token before each handshake. What does your code ask of a token besides a valid signature, issuer, audience, use and expiry?',
    'A renewed token has a new `iat`, `exp` and `jti`. Its `auth_time` and `origin_jti` are those of the sign-in, which can be a day ago. And people connect more than once: from a second window, or after they lost a connection.',
    'Keep the original app/functions/authorizer.ts, or remove what it asks in addition.',
  ],
};
