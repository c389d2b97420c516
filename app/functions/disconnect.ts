import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { type Answer, done } from './answer.ts';
import type { RoomEvent } from './event.ts';
import { connectionsTable, dynamodb } from './room.ts';

/** `$disconnect`: somebody left. API Gateway invokes it on a best-effort basis. */
export async function handler({ requestContext }: RoomEvent): Promise<Answer> {
  await dynamodb.send(
    new DeleteItemCommand({
      TableName: connectionsTable(),
      Key: { connectionId: { S: requestContext.connectionId } },
    }),
  );
  return done;
}
