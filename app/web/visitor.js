import { inChannel } from './channels.js';
import { element } from './element.js';

/**
 * Somebody who joins: the `name` for the room, `query`, the query string of their URL, and `leave`, which forgets what
 * should be forgotten. For a room that can reject people there are two more: `isThere` distinguishes that from a
 * network failure, and `refusal` is what they see then: `why`, in parts, and what to do `next`.
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
        "You're signed in as ",
        element('bdi', undefined, name),
        ", and the network works, but the room rejected you. Browsers don't say why.",
      ],
      next: "Try again, or sign out and in again. The logs of the room's authorizer and connect function have the reason.",
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
      why: ["You haven't signed in, and this room only admits people who have."],
      next: "Sign in first. If you don't have a username yet, sign up.",
    },
    leave() {},
  };
}
