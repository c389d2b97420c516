import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Answer, done } from './answer.ts';
import type { RoomEvent } from './event.ts';
import { connectionsTable, dynamodb, LONGEST_NAME } from './room.ts';

/** `$connect`: somebody comes in. Their name is the one they signed in with, else the one in the address, `?name=`. */
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
 * A browser is not shown why its handshake was refused, so a name that is too long comes in as well, and hears why when
 * it speaks. One character more than is allowed is enough to know it by.
 */
function shortened(name: string): string {
  return [...name].slice(0, LONGEST_NAME + 1).join('');
}
