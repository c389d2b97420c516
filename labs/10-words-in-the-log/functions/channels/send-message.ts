import {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { type AttributeValue, DynamoDB } from '@aws-sdk/client-dynamodb';
import { type Answer, done, tellSender } from '../../../../app/functions/answer.ts';
import type { ChannelEvent } from '../../../../app/functions/channels/event.ts';
import { inParallel } from '../../../../app/functions/in-parallel.ts';
import { readMessage } from '../../../../app/functions/message.ts';
import { connectionsTable, LONGEST_NAME, LONGEST_TEXT } from '../../../../app/functions/room.ts';

/** How many posts run at the same time. The SDK keeps up to 50 sockets open to one address. */
const LANES = 50;

/** A row of the table: one connection. */
type Row = Record<string, AttributeValue>;

/** One page of rows. */
type Page = { readonly Items?: Row[]; readonly LastEvaluatedKey?: Row };

const dynamodb = new DynamoDB();
const apis = new Map<string, ApiGatewayManagementApiClient>();

/** `sendmessage`: somebody speaks, and everyone in their channel gets the message, the speaker included. */
export async function handler(event: ChannelEvent): Promise<Answer> {
  const { requestContext, body } = event;
  // To find out why messages were late last Friday.
  console.log(JSON.stringify(event));
  const text = readMessage(body)?.text;
  if (typeof text !== 'string' || text.trim() === '') return tellSender('There is no text in your message.');
  if (Buffer.byteLength(text) > LONGEST_TEXT) {
    return tellSender(`Your message is longer than the ${LONGEST_TEXT / 1024} KB that can be said at once.`);
  }
  // The authorizer decided both at the handshake. What the message itself says about them can't be trusted.
  const { username: name, channel } = requestContext.authorizer;
  if ([...name].length > LONGEST_NAME) {
    return tellSender(`Nobody heard you: your name is over ${LONGEST_NAME} characters. Join again with a shorter one.`);
  }

  const { connectionId, domainName, stage, requestTimeEpoch, messageId } = requestContext;
  // Everyone in the channel, and nobody else: the index has their connections side by side.
  const listeners = await allRows((next) =>
    dynamodb.query({
      TableName: connectionsTable(),
      IndexName: 'byChannel',
      KeyConditionExpression: 'channel = :channel',
      ExpressionAttributeValues: { ':channel': { S: channel } },
      ExclusiveStartKey: next,
    }),
  );
  // Somebody who has just joined may not be among them yet. They get at least what they say themselves.
  if (!listeners.some((row) => row.connectionId?.S === connectionId)) {
    listeners.push({ connectionId: { S: connectionId } });
  }
  const at = new Date(requestTimeEpoch).toISOString();
  const said = JSON.stringify({ type: 'message', channel, from: name, text, at, id: messageId });
  const api = apiAt(`https://${domainName}/${stage}`);
  await inParallel(listeners, LANES, (listener) => post(api, listener, said));
  return done;
}

/** Returns the rows of a read, page by page to the end. */
async function allRows(read: (next: Row | undefined) => Promise<Page>): Promise<Row[]> {
  const rows: Row[] = [];
  let next: Row | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await read(next);
    rows.push(...Items);
    next = LastEvaluatedKey;
  } while (next !== undefined);
  return rows;
}

/** Sends a message to one connection. */
async function post(api: ApiGatewayManagementApiClient, listener: Row, said: string): Promise<void> {
  try {
    await api.send(new PostToConnectionCommand({ ConnectionId: listener.connectionId?.S, Data: said }));
  } catch (error) {
    if (!(error instanceof GoneException)) throw error;
    if (!isConnecting(listener)) await forget(listener);
  }
}

/** Returns whether `$connect` may not have answered yet: API Gateway says 410 Gone then, too. It waits at most 29 seconds. */
function isConnecting({ connectedAt }: Row): boolean {
  return Date.now() - Number(connectedAt?.N ?? 0) < 30_000;
}

async function forget({ connectionId }: Row): Promise<void> {
  if (connectionId === undefined) return;
  await dynamodb.deleteItem({ TableName: connectionsTable(), Key: { connectionId } });
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
