import { expect, test } from 'vitest';
import { canHave, doorClaims, headersOf, placeOfClaim } from './door-claims.ts';

test('names are claimed in common places, and in none that means something else', () => {
  const { query, headers } = doorClaims();
  for (const parameter of ['name', 'nickname', 'as']) expect(query).toHaveProperty(parameter);
  for (const parameter of ['token', 'channel', 'room']) expect(query).not.toHaveProperty(parameter);
  expect(headers).toHaveProperty('x-nickname');
  expect(headers).not.toHaveProperty('x-forwarded-for');
});

test('each name is claimed in one place, which can be found', () => {
  const claims = doorClaims();
  const names = [claims.query, claims.headers, claims.cookies ?? {}].flatMap((each) => Object.values(each));
  expect(new Set(names).size).toBe(names.length);
  expect(placeOfClaim(claims, claims.query.alias)).toBe('her URL (`?alias=`)');
  expect(placeOfClaim(claims, claims.headers['x-nickname'])).toBe("her request's header `x-nickname`");
  expect(placeOfClaim(claims, claims.cookies?.user)).toBe('her cookie `user`');
  expect(headersOf(claims).Cookie).toContain(`user=${claims.cookies?.user}`);
  expect(placeOfClaim(claims, 'Nobody')).toBeUndefined();
});

test('everything fits into a handshake', () => {
  const claims = doorClaims();
  const all = [...Object.entries(claims.query), ...Object.entries(headersOf(claims))].map(
    ([key, value]) => `${key}: ${value}`,
  );
  expect(encodeURIComponent(all.join('\r\n')).length).toBeLessThan(4_000);
});

test('a claim to be a protocol is a token', () => {
  const header = 'Sec-WebSocket-Protocol';
  for (let times = 0; times < 20; times += 1) {
    const { headers } = doorClaims({ query: [], headers: [header] });
    expect(canHave(header, headers[header] ?? '')).toBe(true);
  }
  expect(canHave(header, 'the desktop client')).toBe(false);
  expect(canHave('X-Client', 'the desktop client')).toBe(true);
});
