import { expect, it } from 'vitest';
import { connect } from './client.ts';
import { type FunctionEvent, testApi } from './deployed-api.ts';

const { api } = await testApi();
const host = `${api.apiId}.execute-api.us-east-1.amazonaws.com`;

const id = expect.stringMatching(/^[\w-]{15}=$/);

/** Adds the members that every event's requestContext contains. */
function always(own: object): object {
  return {
    extendedRequestId: id,
    requestTime: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
    messageDirection: 'IN',
    stage: 'prod',
    connectedAt: expect.any(Number),
    requestTimeEpoch: expect.any(Number),
    identity: { sourceIp: '127.0.0.1', userAgent: 'a guest' },
    requestId: id,
    domainName: host,
    connectionId: id,
    apiId: api.apiId,
    ...own,
  };
}

async function visit(query = ''): Promise<{ readonly events: FunctionEvent[] }> {
  const guest = await connect(`${api.url}${query}`, { headers: { 'User-Agent': 'a guest', 'X-Own': 'x' } });
  guest.say({ action: 'echo', answer: { statusCode: 200, body: 'hello' } });
  await guest.next();
  await guest.leave(4001, 'bye');
  const [left] = await api.events((event) => event.requestContext.disconnectReason === 'bye');
  const connectionId = left?.requestContext.connectionId;
  return { events: await api.events((event) => event.requestContext.connectionId === connectionId) };
}

it('has the formats that AWS documents', async () => {
  const { events } = await visit('?name=Ann&name=Bea&x=');
  const [connected, said, left] = events;
  const headers = {
    Host: host,
    'User-Agent': 'a guest',
    'X-Own': 'x',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': expect.any(String),
    'X-Amzn-Trace-Id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
    'X-Forwarded-For': '127.0.0.1',
    'X-Forwarded-Port': '443',
    'X-Forwarded-Proto': 'https',
  };
  expect(connected).toEqual({
    headers: expect.objectContaining(headers),
    multiValueHeaders: expect.objectContaining({ Host: [host], 'X-Own': ['x'] }),
    queryStringParameters: { name: 'Bea', x: '' },
    multiValueQueryStringParameters: { name: ['Ann', 'Bea'], x: [''] },
    requestContext: always({ routeKey: '$connect', eventType: 'CONNECT' }),
    isBase64Encoded: false,
  });
  expect(said).toEqual({
    requestContext: always({ routeKey: 'echo', eventType: 'MESSAGE', messageId: id }),
    body: '{"action":"echo","answer":{"statusCode":200,"body":"hello"}}',
    isBase64Encoded: false,
  });
  expect(left).toEqual({
    headers: { Host: host, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' },
    multiValueHeaders: { Host: [host], 'x-api-key': [''], 'X-Forwarded-For': [''], 'x-restapi': [''] },
    requestContext: always({
      routeKey: '$disconnect',
      eventType: 'DISCONNECT',
      disconnectStatusCode: 4001,
      disconnectReason: 'bye',
    }),
    isBase64Encoded: false,
  });
  expect(Object.keys(connected?.headers ?? {})).not.toContain('Upgrade');
  const of = (member: string) => new Set(events.map((event) => event.requestContext[member]));
  expect(of('connectedAt').size).toBe(1);
  expect(of('requestId').size).toBe(3);
  for (const { requestContext } of events) expect(requestContext.extendedRequestId).toBe(requestContext.requestId);
});

it('has no query parameters if the handshake has none', async () => {
  const guest = await connect(`${api.url}`, { headers: { 'User-Agent': 'without a query' } });
  await guest.leave();
  const [connected] = await api.events((event) => event.headers?.['User-Agent'] === 'without a query');
  expect(connected).not.toHaveProperty('queryStringParameters');
  expect(connected).not.toHaveProperty('multiValueQueryStringParameters');
  expect(connected).not.toHaveProperty('body');
});

it.each([
  ['no code', undefined, 1005, 'Client-side close frame status not set'],
  ['the code of a browser that leaves', 1001, 1001, ''],
])('passes %s to $disconnect', async (name, code, disconnectStatusCode, disconnectReason) => {
  const guest = await connect(api.url, { headers: { 'User-Agent': name } });
  await guest.leave(code);
  const [left] = await api.events(
    ({ requestContext: { eventType, identity } }) =>
      eventType === 'DISCONNECT' && JSON.stringify(identity).includes(name),
  );
  expect(left?.requestContext).toMatchObject({ disconnectStatusCode, disconnectReason });
});
