import { type Answer, tellSender } from '../../../app/functions/answer.ts';
import type { RoomEvent } from '../../../app/functions/event.ts';
import { readMessage } from '../../../app/functions/message.ts';

/** `$default`: somebody sent a message that matches no other route. */
export async function handler({ body }: RoomEvent): Promise<Answer> {
  const action = readMessage(body)?.action;
  if (typeof action !== 'string') return tellSender('Your message names no action.');
  return tellSender(`I do not know the action "${action}".`);
}
