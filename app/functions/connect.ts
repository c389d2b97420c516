import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Answer, done } from './answer.ts';
import type { RoomEvent } from './event.ts';
import { connectionsTable, dynamodb, LONGEST_NAME } from './room.ts';

/** `$connect`: somebody joins. Their name is the one they signed in with, or else the one in the address, `?name=`. */
export async function handler({ requestContext, queryStringParameters }: RoomEvent): Promise<Answer> {
  const name = requestContext.authorizer?.username ?? (queryStringParameters?.name?.trim() || 'stranger');
  await dynamodb.send(
    new PutItemCommand({
      TableName: connectionsTable(),
      Item: {
        connectionId: { S: requestContext.connectionId },
        name: { S: shortened(name) },
        connectedAt: { N: String(requestContext.connectedAt) },
      },
    }),
  );
  return done;
}

/**
 * A browser doesn't say why its handshake was rejected, so a name that is too long is admitted, and gets an error when
 * they send a message. One character more than allowed is enough to recognize it.
 */
function shortened(name: string): string {
  return [...name].slice(0, LONGEST_NAME + 1).join('');
}
