import type { Finding } from '../../checking/check.ts';

// What may be found of the route, each with the ladder that begins where the learner stands. The check's own ladder is
// for a room without the route.

const patch = 'The route as it should be, in stack.ts:';

export const keyDiffers: Finding = {
  id: 'key-differs',
  hints: [
    'The API has a route for speaking now, and what people say still does not find it.',
    'Put two things side by side, letter by letter: the key of the route in stack.ts, and the action that Ada sent in the conversation that `npx lab check 01` shows.',
    'API Gateway compares keys as they are: capitals count, and so does every letter that is missing. What people send is agreed upon (docs/wire-format.md), so it is the key that has to give way.',
    patch,
  ],
};

export const selectionDiffers: Finding = {
  id: 'selection-differs',
  hints: [
    'The API does not look any more at what people send to say what they want.',
    'Put two things side by side: `routeSelectionExpression` in stack.ts, and what Ada sent in the conversation that `npx lab check 01` shows.',
    'API Gateway fills in the route selection expression from each message, and what comes out is the key of the route. A field that the message does not have gives nothing. What people send is agreed upon (docs/wire-format.md): the field `action`.',
    'The expression as it was shipped, and a route of that key, in stack.ts:',
  ],
};

export const standIn: Finding = {
  id: 'stand-in',
  hints: [
    'People hear each other now, and the room has lost something on the way: it no longer knows what it does not know.',
    'Look at what `$default` does in your room, and at what it did when the lab was shipped: `npx lab diff 01`.',
    '`$default` is for what finds no route. What people say is known, and has a name; it belongs on a route of that name, and `$default` goes back to answering that it does not know.',
    'A route for what people say, in stack.ts; and whatever answers to `$default`, as it was shipped:',
  ],
};

export const wrongTarget: Finding = {
  id: 'wrong-target',
  hints: [
    'The route is there, and what it calls does not speak to the room.',
    'Which function does the integration of the route call, and which of those in stack.ts has its code in app/functions/send-message.ts?',
    'A route is a key and a target. The target is an integration, and an integration names one function: whatever is called there gets the message, whether it can do something with it or not.',
    patch,
  ],
};

export const notLive: Finding = {
  id: 'not-live',
  hints: [
    'The route is in the API, and the people in the room still talk to the API as it was before.',
    'People come in through a stage. What does stack.ts say of how a change of the API gets there?',
    'A stage shows one deployment of the API: a picture of its routes from the time when it was made. With `autoDeploy` each change makes a new one; without it somebody has to, after every change.',
    'The stage as it was shipped, in stack.ts:',
  ],
};

export const nobodyComesIn: Finding = {
  id: 'nobody-comes-in',
  hints: [
    'The route is there, and there is nobody left to use it: the room lets no one in.',
    'Coming in goes by `$connect`. `npx lab check 01` shows what its function printed; `npx lab diff 01` what you changed.',
    'API Gateway calls the function behind `$connect` before it opens a socket, and opens it only where that one answers with 200. A function that fails, or that API Gateway may not invoke, shuts the door.',
    'What differs from the solution, in stack.ts:',
  ],
};
