import { describe, expect, test } from 'vitest';
import { placesReadIn } from './at-the-door.ts';
import { claimedAtTheDoor } from './attempts.ts';
import { wrongIn } from './rounds.ts';

describe.each([
  ['directly', 'const name = event.queryStringParameters?.callsign ?? "stranger";'],
  ['in brackets', "const name = event['queryStringParameters']['callsign'];"],
  ['with a default', 'const name = (event.queryStringParameters || {}).callsign;'],
  ['through a variable', 'const query = event.queryStringParameters ?? {};\nconst name = query.callsign;'],
  ['by destructuring', 'const { callsign }: Query =\n  event.queryStringParameters ?? {};'],
  ['by a function', "new URLSearchParams(event.queryStringParameters).get('callsign')"],
])('a parameter that is read %s', (_, source) => {
  test('is found', () => expect(placesReadIn([source])).toContainEqual(['query', 'callsign']));
});

test.each([
  'handler(event) { return event.headers.callsign; }',
  'handler({ headers }) { return headers?.callsign; }',
  'handler({ multiValueHeaders: all }) { return all.callsign[0]; }',
])('a header is found: %s', (source) => {
  expect(placesReadIn([source])).toContainEqual(['headers', 'callsign']);
});

test('headers are found, except for those that every handshake has', () => {
  const read = "event.headers['Sec-WebSocket-Protocol'] ?? event.headers['Sec-WebSocket-Key']";
  const source = `handler(event) { return event.headers['X-Callsign'] ?? event.headers?.Origin ?? event.headers.te ?? ${read}; }`;
  const places = placesReadIn([source]).flatMap(([kind, name]) => (kind === 'headers' ? name : []));
  expect(places).toEqual(expect.arrayContaining(['X-Callsign', 'Sec-WebSocket-Protocol']));
  for (const place of ['Origin', 'te', 'Sec-WebSocket-Key']) expect(places).not.toContain(place);
});

test('neither tokens nor channels are names, and other files are not about the handshake', () => {
  const source = 'const { token, channel } = event.queryStringParameters;';
  const places = placesReadIn([source, 'const name = message.callsign;']).map(([, name]) => name);
  for (const name of ['token', 'channel', 'callsign']) expect(places).not.toContain(name);
});

describe('a message after claims at the handshake', () => {
  const round = {
    ...claimedAtTheDoor(),
    speaker: 'Radia',
    name: 'radia.perl',
    others: ['ada.love'],
    present: ['Radia', 'Ada'],
    atTheDoor: { query: { callsign: 'Vera Wong' }, headers: {} },
  };
  const heardFrom = (from: unknown) => ({ ...round, heard: [{ who: 'Radia', fields: { from } }] });

  test('is wrong under a claimed name', () => {
    expect(wrongIn(heardFrom('Vera Wong'))).toEqual({
      kind: 'of the address',
      from: 'Vera Wong',
      place: 'her URL (`?callsign=`)',
    });
  });

  test.each(['radia.perl', 'ada.love', 'the room', undefined])('is not wrong under %s', (from) => {
    expect(wrongIn(heardFrom(from))).toBeUndefined();
  });

  test('need not be heard, and may have an error as its answer', () => {
    expect(wrongIn({ ...round, heard: [], told: 'There is no such language.' })).toBeUndefined();
  });
});
