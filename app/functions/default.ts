import { type Answer, tellSender } from './answer.ts';
import type { RoomEvent } from './event.ts';
import { readMessage } from './message.ts';

const LONGEST_ACTION_SHOWN = 60;

/** `$default`: somebody sent a message that matches no other route. */
export async function handler({ body }: RoomEvent): Promise<Answer> {
  const message = readMessage(body);
  if (message === undefined) return tellSender("I couldn't read that: it isn't a JSON object.");
  const { action } = message;
  if (action === undefined) return tellSender("I don't know what to do with that: it has no action.");
  if (typeof action !== 'string') return tellSender("I don't know what to do with that: its action isn't a string.");
  return tellSender(`I do not know the action "${shown(action)}".`);
}

function shown(action: string): string {
  const characters = [...action];
  if (characters.length <= LONGEST_ACTION_SHOWN) return action;
  return `${characters.slice(0, LONGEST_ACTION_SHOWN).join('')}…`;
}
