import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Answer, done } from '../answer.ts';
import { connectionsTable, dynamodb } from '../room.ts';
import type { ChannelEvent } from './event.ts';

/** `$connect`: somebody joins the channel that the authorizer admitted them to. */
export async function handler({ requestContext }: ChannelEvent): Promise<Answer> {
  const { connectionId, connectedAt, authorizer } = requestContext;
  await dynamodb.send(
    new PutItemCommand({
      TableName: connectionsTable(),
      Item: {
        connectionId: { S: connectionId },
        name: { S: authorizer.username },
        channel: { S: authorizer.channel },
        connectedAt: { N: String(connectedAt) },
      },
    }),
  );
  return done;
}
