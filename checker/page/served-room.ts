import type { Mail, Target } from '../aws/target.ts';
import type { Subject } from '../checking/check.ts';
import type { GameDocument } from '../gameday/document.ts';
import { findUserPool } from '../observe/user-pool.ts';
import type { PageScene } from './page-scene.ts';

/** The room that a page shows. */
export interface ServedRoom {
  /** The room's address, `wss://…` or `ws://…`. */
  readonly room: string;
  /** The lab's id, for the page. */
  readonly lab: string;
  /** Where people sign in: Cognito's address and a client of the pool. Undefined if they only enter a name. */
  readonly signIn: { readonly endpoint: string; readonly clientId: string } | undefined;
  /** The mail that the pool would have sent, the newest first; undefined if it really sends mail. */
  readonly mail: (() => Promise<readonly Mail[]>) | undefined;
  /** The action with which the page asks for earlier messages: the stack outputs it as `HistoryAction`. */
  readonly history?: string;
  /** The lab's complaint, for its page to play. */
  readonly scene?: PageScene;
  /** Returns the game day that the room is part of, if it is: the chat page and the console show its complaints. */
  readonly game?: () => Promise<GameDocument | undefined>;
  /** Why the room no longer exists, and how to get it back, in sentences. */
  readonly gone?: string;
}

/** Returns the page's view of a deployed room: if the stack has a user pool client, people sign in. */
export function servedRoom(
  target: Pick<Target, 'cognitoEndpoint' | 'mail'>,
  { lab, room, ...stack }: Pick<Subject, 'lab' | 'stackName' | 'resources' | 'outputs'> & { readonly room: string },
): ServedRoom {
  const pool = findUserPool(stack);
  if ('missing' in pool) return { room, lab, signIn: undefined, mail: undefined };
  const mail = target.mail?.bind(target);
  return {
    room,
    lab,
    signIn: { endpoint: target.cognitoEndpoint, clientId: pool.clientId },
    history: stack.outputs.HistoryAction,
    // The account's other pools don't concern this page.
    mail: mail && (async () => (await mail()).filter(({ userPoolId }) => userPoolId === pool.id)),
  };
}
