import { describe, expect, it } from 'vitest';
import { cut, hidden, shown, withoutSecrets } from './secrets.ts';

const token = `eyJhbGciOiJSUzI1NiJ9.${'eyJzdWIiOiIxMjM0NTY3ODkwIn0'}.${'c2lnbmF0dXJl'}`;

describe('withoutSecrets', () => {
  it.each([
    [`token ${token} expired`, `token ${hidden} expired`],
    [`GET /room?token=${token}&name=Ada`, `GET /room?token=${hidden}&name=Ada`],
    ['{"password":"Correct-horse-7","name":"Ada"}', `{"password":${hidden},"name":"Ada"}`],
    ['Authorization: Bearer abcdefgh12345678', `Authorization: Bearer ${hidden}`],
    ['{"body":"{\\"password\\":\\"Correct-horse-7\\"}"}', `{"body":"{\\"password\\":${hidden}}"}`],
    ['confirmation code: 123456', `confirmation code: ${hidden}`],
    ["{ secretAccessKey: 'abc', accessToken: 'x.y.z9' }", `{ secretAccessKey: ${hidden}, accessToken: ${hidden} }`],
  ])('hides secrets in %j', (text, expected) => {
    expect(withoutSecrets(text)).toBe(expected);
  });

  it.each([
    'AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/a/b is not authorized',
    'statusCode: 200',
    'code: "ENOENT"',
    'RequestId: 49f30a55-bfe0-4e8b-b871-c5e46a3134be',
    'errorCode: AccessDenied',
    'hello, how are you?',
  ])('leaves %j as it is', (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });

  it('hides a token that was truncated', () => {
    expect(withoutSecrets(cut(token, 30))).not.toContain('eyJ');
  });
});

describe('shown', () => {
  it('keeps the message, with secret members hidden', () => {
    const message = { action: 'join', idToken: token, password: 'Correct-horse-7', text: 'hello' };
    expect(JSON.parse(shown(JSON.stringify(message)))).toEqual({
      action: 'join',
      idToken: hidden,
      password: hidden,
      text: 'hello',
    });
  });

  it('hides a token in a text, and truncates long texts', () => {
    expect(shown(JSON.stringify({ text: `mine is ${token}` }))).toBe(`{"text":"mine is ${hidden}"}`);
    expect(shown(JSON.stringify({ text: 'x'.repeat(100_000) })).length).toBeLessThan(250);
    expect(shown('not JSON')).toBe('not JSON');
  });
});
