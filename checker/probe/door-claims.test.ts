import { expect, test } from 'vitest';
import { doorClaims, placeOfClaim } from './door-claims.ts';
import { sourceWords } from './source-words.ts';

const source = sourceWords([
  `const name = queryStringParameters?.absender ?? queryStringParameters?.token ?? headers['X-Unicorn-Nick'];
const by = headers['x-forwarded-for'] ?? headers['x-amz-cf-id'];`,
]);

test('names are claimed in common places, and where the handlers read them', () => {
  const { query, headers } = doorClaims(source);
  for (const parameter of ['name', 'nickname', 'as', 'absender']) expect(query).toHaveProperty(parameter);
  for (const header of ['x-nickname', 'x-unicorn-nick']) expect(headers).toHaveProperty(header);
});

test('parameters with a meaning and headers that API Gateway writes are none of them', () => {
  const { query, headers } = doorClaims(source);
  expect(query).not.toHaveProperty('token');
  for (const header of ['x-forwarded-for', 'x-amz-cf-id']) expect(headers).not.toHaveProperty(header);
});

test('each name is claimed in one place, which can be found', () => {
  const claims = doorClaims(source);
  const names = [...Object.values(claims.query), ...Object.values(claims.headers)];
  expect(new Set(names).size).toBe(names.length);
  expect(placeOfClaim(claims, claims.query.absender)).toBe('her URL (`?absender=`)');
  expect(placeOfClaim(claims, claims.headers['x-nickname'])).toBe("her request's header `x-nickname`");
  expect(placeOfClaim(claims, 'Nobody')).toBeUndefined();
});

test('everything fits into a handshake', () => {
  const read = Array.from({ length: 500 }, (_, index) => `field${index}`);
  const { query, headers } = doorClaims({ read });
  const all = [...Object.entries(query), ...Object.entries(headers)].map(([key, value]) => `${key}: ${value}`);
  expect(encodeURIComponent(all.join('\r\n')).length).toBeLessThan(4_000);
});
