import { expect, test } from 'vitest';
import { redacted } from './redacted.ts';

test('a log line is shown without its tokens', () => {
  const token = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.eyJzdWIiOiIxIn0.c2ln-bmF0_dXJl`;
  expect(redacted(`{"token":"${token}","name":"Ada"}`)).toBe('{"token":"eyJhbG…(a token)","name":"Ada"}');
  expect(redacted('JwtExpiredError: token expired')).toBe('JwtExpiredError: token expired');
});

test('nor in an encoded address', () => {
  expect(redacted('from=%2F%3Ftoken%3DeyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln')).toBe(
    'from=%2F%3Ftoken%3DeyJhbG…(a token)',
  );
});

test("nor with an account's keys", () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  expect(redacted(`{"AWS_ACCESS_KEY_ID":"AKIAIOSFODNN7EXAMPLE","AWS_SECRET_ACCESS_KEY":"${secret}"}`)).toBe(
    '{"AWS_ACCESS_KEY_ID":"AKIA…(a key)","AWS_SECRET_ACCESS_KEY":"…(a key)"}',
  );
  expect(redacted(`secretAccessKey: '${secret}'`)).toBe("secretAccessKey: '…(a key)'");
});
