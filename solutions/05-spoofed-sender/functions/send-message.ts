import { randomUUID } from 'node:crypto';
import {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { type AttributeValue, DeleteItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { type Answer, done, tellSender } from '../../../app/functions/answer.ts';
import type { RoomEvent } from '../../../app/functions/event.ts';
import { inParallel } from '../../../app/functions/in-parallel.ts';
import { readMessage } from '../../../app/functions/message.ts';
import { connectionsTable, dynamodb, LONGEST_NAME, LONGEST_TEXT } from '../../../app/functions/room.ts';

/** How many posts run at the same time. The SDK keeps up to 50 connections open to one address. */
const LANES = 50;

/** An integration can take 29 seconds, so the `$connect` of a connection older than this has answered. */
const HANDSHAKE_IS_OVER_AFTER = 30_000;

const apis = new Map<string, ApiGatewayManagementApiClient>();

/** `sendmessage`: somebody sends a message, and everyone in the room gets it, the sender included. */
export async function handler({ requestContext, body }: RoomEvent): Promise<Answer> {
  const message = readMessage(body) ?? {};
  const { text } = message;
  if (typeof text !== 'string' || text.trim() === '') return tellSender('There is no text in your message.');
  if (Buffer.byteLength(text) > LONGEST_TEXT) {
    return tellSender(`Your message is longer than the ${LONGEST_TEXT / 1024} KB that a message can have.`);
  }
  const connections = await everybody();
  const sender = connections.find(({ connectionId }) => connectionId?.S === requestContext.connectionId);
  if (sender?.name?.S === undefined) return tellSender('The room no longer knows you. Please join again.');
  // $connect wrote this name, as the authorizer read it from the token. The client can't choose it.
  const name = sender.name.S;
  if ([...name].length > LONGEST_NAME) {
    return tellSender(`Nobody got that: your name is over ${LONGEST_NAME} characters. Join again with a shorter one.`);
  }

  const { domainName, stage, requestTimeEpoch } = requestContext;
  const at = new Date(requestTimeEpoch).toISOString();
  const said = JSON.stringify({ type: 'message', from: name, text, at, id: randomUUID() });
  const api = apiAt(`https://${domainName}/${stage}`);
  await inParallel(connections, LANES, (connection) => post(api, connection, said));
  return done;
}

/** Returns the rows of everyone in the room, page by page to the end. */
async function everybody(): Promise<Array<Record<string, AttributeValue>>> {
  const rows: Array<Record<string, AttributeValue>> = [];
  const scan = { TableName: connectionsTable(), ConsistentRead: true };
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, scan)) rows.push(...Items);
  return rows;
}

async function post(
  api: ApiGatewayManagementApiClient,
  connection: Record<string, AttributeValue>,
  said: string,
): Promise<void> {
  try {
    await api.send(new PostToConnectionCommand({ ConnectionId: connection.connectionId?.S, Data: said }));
  } catch (error) {
    if (!(error instanceof GoneException)) throw error;
    if (!isConnecting(connection)) await forget(connection);
  }
}

/** API Gateway also answers "gone" for a connection whose `$connect` has not answered yet. */
function isConnecting({ connectedAt }: Record<string, AttributeValue>): boolean {
  return Date.now() - Number(connectedAt?.N ?? 0) < HANDSHAKE_IS_OVER_AFTER;
}

async function forget({ connectionId }: Record<string, AttributeValue>): Promise<void> {
  if (connectionId === undefined) return;
  await dynamodb.send(new DeleteItemCommand({ TableName: connectionsTable(), Key: { connectionId } }));
}

function apiAt(endpoint: string): ApiGatewayManagementApiClient {
  const known = apis.get(endpoint);
  if (known !== undefined) return known;
  // The same command goes to everyone: with the cache, the SDK builds its middleware stack once.
  const api = new ApiGatewayManagementApiClient({ endpoint, cacheMiddleware: true });
  apis.set(endpoint, api);
  return api;
}
