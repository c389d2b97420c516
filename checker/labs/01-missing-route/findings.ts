import type { Finding } from '../../checking/check.ts';

// Mistakes that can be found at the route, each with hints that start where the learner is. The check's own hints are
// for a room without the route.

const patch = 'The route as it should be, in stack.ts:';

export const keyDiffers: Finding = {
  id: 'key-differs',
  hints: [
    "The API now has a route for messages, but no message selects it: its key isn't the action that people send.",
    'Compare two things letter by letter: the key of the route in stack.ts, and the action that Ada sent in the conversation (`npx lab check 01` shows it).',
    'API Gateway compares route keys exactly, and they are case-sensitive. The wire format fixes what clients send (docs/wire-format.md), so change the key.',
    patch,
  ],
};

export const afterSynth: Finding = {
  id: 'after-synth',
  hints: [
    'The route is in stack.ts, but `npx lab deploy 01` deploys a stack without it.',
    'In which order does the program run? Compare the line that adds the route with the line that ends the program.',
    '`app.synth()` writes the templates that are deployed. Code after it still runs, but its constructs are in no template. So everything that belongs to the stack comes before it.',
    'The route in the solution, before `app.synth()`:',
  ],
};

export const selectionDiffers: Finding = {
  id: 'selection-differs',
  hints: [
    'The API no longer reads the field in which clients send their action.',
    'Compare `routeSelectionExpression` in stack.ts with what Ada sent in the conversation (`npx lab check 01` shows it).',
    "API Gateway evaluates the route selection expression for each message, and the result is the route key. A field that the message doesn't have gives an empty key. The wire format says which field clients send (docs/wire-format.md): `action`.",
    'The original expression, and a route with that key, in stack.ts:',
  ],
};

export const standIn: Finding = {
  id: 'stand-in',
  hints: [
    "People get each other's messages now, but through `$default`: the API still has no route for messages.",
    'Compare what `$default` does in your room with what it did originally: `npx lab diff 01`.',
    '`$default` is for messages that match no route. `sendmessage` is a known action, so it needs a route of its own, and `$default` goes back to answering unknown actions with an error.',
    'A route for messages, in stack.ts, and `$default` as it was:',
  ],
};

export const wrongTarget: Finding = {
  id: 'wrong-target',
  hints: [
    "The route is there, but it invokes something that doesn't send messages to the room.",
    "Which function does the route's integration invoke, and which function in stack.ts has its code in app/functions/send-message.ts?",
    'A route is a key and a target. The target is an integration, and an integration names one function. That function gets the message, whether it can handle it or not.',
    patch,
  ],
};

export const sharedTarget: Finding = {
  id: 'shared-target',
  hints: [
    'Two routes invoke the same function, but each needs its own.',
    "`npx lab check 01` shows which function each route invokes. Compare that with the start, `npx lab diff 01`, and with the file in app/functions that has each function's code.",
    'A route is a key and a target. The target is an integration, and an integration names one function. That function gets the event of the connection or the message, whether it can handle it or not.',
    "In the solution's stack.ts, `$connect` invokes `connect`, `$disconnect` invokes `disconnect`, and `sendmessage` invokes `sendMessage`.",
  ],
};

export const notLive: Finding = {
  id: 'not-live',
  hints: [
    'The route is in the API, but clients still use the API as it was before.',
    'Clients connect to a stage. How do changes to the API get there, according to stack.ts?',
    'A stage serves one deployment of the API: a snapshot of its routes. With `autoDeploy`, each change creates a new deployment. Without it, you have to create one after every change.',
    'The original stage, in stack.ts:',
  ],
};

export const nobodyComesIn: Finding = {
  id: 'nobody-comes-in',
  hints: [
    'The route is there, but nobody can use it: all connections are refused.',
    'Connecting uses the route `$connect`. `npx lab check 01` shows what its function logged, and `npx lab diff 01` what you changed.',
    "API Gateway invokes the function behind `$connect` before it opens a socket, and opens it only if the function returns 200. If the function fails, or API Gateway isn't allowed to invoke it, nobody can connect.",
    'How your stack.ts differs from the solution:',
  ],
};
