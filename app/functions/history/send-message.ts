import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Answer, done } from '../answer.ts';
import type { ChannelEvent } from '../channels/event.ts';
import { handler as sendToChannel } from '../channels/send-message.ts';
import { readMessage } from '../message.ts';
import { dynamodb } from '../room.ts';
import { messagesTable } from './messages.ts';

/** `sendmessage`: sends a message to everyone in the sender's channel, and stores it. */
export async function handler(event: ChannelEvent): Promise<Answer> {
  const answer = await send(event);
  // A message that was rejected reached nobody.
  if (answer === done) await remember(event);
  return answer;
}

/** If one post fails, the others may have arrived, so the message is stored before the error is thrown. */
async function send(event: ChannelEvent): Promise<Answer> {
  try {
    return await sendToChannel(event);
  } catch (error) {
    await remember(event);
    throw error;
  }
}

async function remember({ requestContext, body }: ChannelEvent): Promise<void> {
  const { authorizer, messageId, requestTimeEpoch } = requestContext;
  const at = new Date(requestTimeEpoch).toISOString();
  await dynamodb.send(
    new PutItemCommand({
      TableName: messagesTable(),
      Item: {
        channel: { S: authorizer.channel },
        // Sorted by time. The id distinguishes messages of the same millisecond.
        sentAt: { S: `${at} ${messageId}` },
        from: { S: authorizer.username },
        text: { S: String(readMessage(body)?.text) },
        at: { S: at },
        id: { S: messageId },
      },
    }),
  );
}
