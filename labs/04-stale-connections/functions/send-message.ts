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

/** How many posts run at the same time. The SDK keeps up to 50 sockets open to one address. */
const LANES = 50;

/** A row of the table: one connection. */
type Row = Record<string, AttributeValue>;

const apis = new Map<string, ApiGatewayManagementApiClient>();

/** `sendmessage`: somebody sends a message, and everyone in the room gets it, the sender included. */
export async function handler({ requestContext, body }: RoomEvent): Promise<Answer> {
  const text = readMessage(body)?.text;
  if (typeof text !== 'string' || text.trim() === '') return tellSender('There is no text in your message.');
  if (Buffer.byteLength(text) > LONGEST_TEXT) {
    return tellSender(`Your message is longer than the ${LONGEST_TEXT / 1024} KB that a message can have.`);
  }
  const connections = await everybody();
  // The name comes from the sender's row: what a client says about itself can't be trusted.
  const name = connections.find(({ connectionId }) => connectionId?.S === requestContext.connectionId)?.name?.S;
  if (name === undefined) return tellSender('The room no longer knows you. Please join again.');
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

/** Returns the rows of everyone in the room, from every page of the table. */
async function everybody(): Promise<Row[]> {
  const rows: Row[] = [];
  const scan = { TableName: connectionsTable(), ConsistentRead: true };
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, scan)) rows.push(...Items);
  return rows;
}

/** Sends a message to one connection. */
async function post(api: ApiGatewayManagementApiClient, connection: Row, said: string): Promise<void> {
  await api.send(new PostToConnectionCommand({ ConnectionId: connection.connectionId?.S, Data: said }));
}

/** Returns the client for an address, the same one for as long as the function's process lives. */
function apiAt(endpoint: string): ApiGatewayManagementApiClient {
  const known = apis.get(endpoint);
  if (known !== undefined) return known;
  // The same command goes to everyone: with the cache, the SDK builds its middleware stack once.
  const api = new ApiGatewayManagementApiClient({ endpoint, cacheMiddleware: true });
  apis.set(endpoint, api);
  return api;
}
