import { expect, test } from 'vitest';
import { doorClaims, placeOfClaim } from './door-claims.ts';

test('names are claimed in common places, and in none that means something else', () => {
  const { query, headers } = doorClaims();
  for (const parameter of ['name', 'nickname', 'as']) expect(query).toHaveProperty(parameter);
  for (const parameter of ['token', 'channel', 'room']) expect(query).not.toHaveProperty(parameter);
  expect(headers).toHaveProperty('x-nickname');
  expect(headers).not.toHaveProperty('x-forwarded-for');
});

test('each name is claimed in one place, which can be found', () => {
  const claims = doorClaims();
  const names = [...Object.values(claims.query), ...Object.values(claims.headers)];
  expect(new Set(names).size).toBe(names.length);
  expect(placeOfClaim(claims, claims.query.alias)).toBe('her URL (`?alias=`)');
  expect(placeOfClaim(claims, claims.headers['x-nickname'])).toBe("her request's header `x-nickname`");
  expect(placeOfClaim(claims, 'Nobody')).toBeUndefined();
});

test('everything fits into a handshake', () => {
  const { query, headers } = doorClaims();
  const all = [...Object.entries(query), ...Object.entries(headers)].map(([key, value]) => `${key}: ${value}`);
  expect(encodeURIComponent(all.join('\r\n')).length).toBeLessThan(4_000);
});
