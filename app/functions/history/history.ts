import {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { type AttributeValue, QueryCommand } from '@aws-sdk/client-dynamodb';
import { type Answer, done } from '../answer.ts';
import type { ChannelEvent } from '../channels/event.ts';
import { dynamodb } from '../room.ts';
import { messagesTable } from './messages.ts';

/** How many messages the history has. */
const LAST = 20;

const apis = new Map<string, ApiGatewayManagementApiClient>();

/**
 * `history`: somebody asks for their channel's history, and gets its last messages, unchanged. Clients ask once their
 * connection is open, because API Gateway answers a post from within `$connect` with 410 Gone.
 */
export async function handler({ requestContext }: ChannelEvent): Promise<Answer> {
  const { authorizer, connectionId, domainName, stage } = requestContext;
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: messagesTable(),
      KeyConditionExpression: 'channel = :channel',
      ExpressionAttributeValues: { ':channel': { S: authorizer.channel } },
      ConsistentRead: true,
      // The newest first, so that the limit leaves out the oldest.
      ScanIndexForward: false,
      Limit: LAST,
    }),
  );
  const api = apiAt(`https://${domainName}/${stage}`);
  try {
    // One after the other, oldest first, so they arrive in order.
    for (const item of Items.reverse()) {
      await api.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: messageOf(item) }));
    }
  } catch (error) {
    // They left in the meantime.
    if (!(error instanceof GoneException)) throw error;
  }
  return done;
}

/** Returns a message's frame, with the original id, so that a page doesn't show it twice. */
function messageOf({ channel, from, text, at, id }: Record<string, AttributeValue>): string {
  return JSON.stringify({ type: 'message', channel: channel?.S, from: from?.S, text: text?.S, at: at?.S, id: id?.S });
}

/** Returns the client for an address, the same one for as long as the function's process lives. */
function apiAt(endpoint: string): ApiGatewayManagementApiClient {
  const known = apis.get(endpoint) ?? new ApiGatewayManagementApiClient({ endpoint });
  apis.set(endpoint, known);
  return known;
}
