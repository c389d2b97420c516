import type { Kind } from './attempt.ts';

// What a room may do with each kind of message.

/** Returns whether a message has only an action and a text, so that everyone must get it. */
export function mustBeHeard(kind: Kind): boolean {
  return kind === 'plain' || kind === 'long text' || kind === 'in the text' || kind === 'name in the text';
}

/**
 * Among many fields can be one with which the room sends a message to one person only. Another route can do so, too.
 */
export function mayBeForSome(kind: Kind): boolean {
  return kind === 'many fields' || kind === 'nested' || isJoint(kind) || isElsewhere(kind) || mayMeanAnything(kind);
}

/** Returns whether somebody other than the sender can answer a message. */
export function mayBeAnswered(kind: Kind): boolean {
  return isElsewhere(kind) || isCommand(kind);
}

/**
 * Returns whether a room can do anything with a message but deliver it under another name: it has no text, or a
 * command or what handlers look for in one.
 */
export function mayMeanAnything(kind: Kind): boolean {
  return kind === 'no text' || kind === 'without text' || isCommand(kind);
}

/** Returns whether a text has a name after something that a room may look for. */
export function isCommand(kind: Kind): boolean {
  return kind === 'known text' || kind === 'command';
}

/**
 * Returns whether nobody has to get a message: it or an earlier one was for another route, or its sender claimed names
 * or said something else in places of the handshake that may have a meaning, or their own username may have one.
 */
export function isElsewhere(kind: Kind): boolean {
  return isOfAnotherRoute(kind) || kind === 'at the door' || kind === 'client' || kind === 'known user';
}

/** Returns whether a message, or one before it, was for another route. */
export function isOfAnotherRoute(kind: Kind): boolean {
  return kind === 'another action' || kind === 'afterward';
}

/** Returns whether several fields together made a claim, so that none of them alone can be named. */
export function isJoint(kind: Kind): boolean {
  const joint: readonly Kind[] = ['flags', 'known value', 'half true', 'read fields', 'odd values', 'no text'];
  return joint.includes(kind) || kind === 'another action' || kind === 'client';
}
