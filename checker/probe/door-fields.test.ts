import { describe, expect, test } from 'vitest';
import { doorFields } from './door-fields.ts';

describe.each([
  ['directly', 'const name = event.queryStringParameters?.callsign ?? "stranger";'],
  ['in brackets', "const name = event.queryStringParameters['callsign'];"],
  ['with a default', 'const name = (event.queryStringParameters ?? {}).callsign;'],
  ['through a variable', 'const query = event.queryStringParameters ?? {};\nconst name = query.callsign;'],
  ['through a renamed variable', 'function f({ queryStringParameters: query }) { return query?.callsign; }'],
  ['by destructuring', 'const { callsign } = event.queryStringParameters ?? {};'],
  ['by destructuring with a default', "const { callsign = 'x', token } = event.queryStringParameters ?? {};"],
  ['by destructuring twice', 'function f({ queryStringParameters: { callsign: name } }) { return name; }'],
  ['from many values', "const [name] = event.multiValueQueryStringParameters?.['callsign'] ?? [];"],
])('a parameter that is read %s', (_, source) => {
  test('is found', () => expect(doorFields([source]).query).toContain('callsign'));
});

test('headers are found, except for those that every handshake has', () => {
  const source = "const name = event.headers['X-Callsign'] ?? event.headers?.Origin ?? event.headers.Authorization;";
  expect(doorFields([source])).toEqual({ query: [], headers: ['X-Callsign'] });
});

test('a token, a channel and what is read from something else are not names', () => {
  const source = [
    'const { token, channel } = event.queryStringParameters ?? {};',
    'const message = JSON.parse(event.body);',
    'const name = message.callsign;',
    'const all = Object.keys(event.queryStringParameters).map((key) => key.length);',
  ].join('\n');
  expect(doorFields([source])).toEqual({ query: [], headers: [] });
});
