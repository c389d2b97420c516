import { inChannel } from './channels.js';
import { element } from './element.js';

/**
 * Somebody who comes in: the `name` that the room is to know them by, `query`, what their address carries, and `leave`,
 * what is forgotten when they go. A room that may turn people away has two more: `isThere` tells that apart from a
 * network that is gone, and `refusal` is what they are told then: `why`, in parts, and what to do `next`.
 */

/** Somebody who entered a name, in a room that trusts everyone. */
export function named(name, forget) {
  return { name, leaving: 'Leave', query: async () => ({ name }), leave: forget };
}

/** Somebody who signed in: the room knows them by their unique username. */
export function signedIn(cognito, session) {
  const name = session.username;
  return {
    name,
    isKnown: true,
    leaving: 'Sign out',
    query: async () => inChannel(await session.idToken()),
    isThere: cognito.isReachable,
    refusal: {
      why: [
        'You are signed in as ',
        element('bdi', undefined, name),
        ', and the network is there, but the room did not open. A browser is not told why.',
      ],
      next: 'Try again, or sign out and in again. Whoever runs the room finds the reason in the logs of its authorizer and of its connect function.',
    },
    leave: session.signOut,
  };
}

/** Somebody who connects without having signed in. A room that admits them has no name for them. */
export function stranger(cognito) {
  return {
    name: 'stranger',
    leaving: 'Sign in',
    query: async () => ({}),
    isThere: cognito.isReachable,
    refusal: {
      why: ['You have not signed in, and this room lets in only people who have.'],
      next: 'Sign in first. If you have no user name yet, sign up.',
    },
    leave() {},
  };
}
