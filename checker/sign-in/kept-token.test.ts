import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepToken, keptToken } from './kept-token.ts';

let root: string;
const target = { title: 'the practice account' };

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'websocket-lab-tokens-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

function token(exp: number, { iss = 'pool', aud = 'client' } = {}): string {
  const claims = Buffer.from(JSON.stringify({ iss, aud, exp })).toString('base64url');
  return `h.${claims}.${exp}`;
}

test('keeps the next to expire and the last expired one; only the owner may read them', async () => {
  const lab = { root, target, lab: '03' };
  const at = (seconds: number) => seconds * 1000;
  const kept = async (now: number) => (await keptToken(lab, token(9_000), at(now)))?.token;
  for (const exp of [1_000, 2_000, 1_500, 900]) await keepToken(lab, token(exp), at(600));
  expect(await keptToken(lab, token(9_000), at(600))).toEqual({ token: token(900), expired: new Date(960_000) });
  await keepToken(lab, token(1_300), at(1_000));
  expect(await kept(1_000)).toBe(token(900));
  expect(await kept(1_360)).toBe(token(1_300));
  await keepToken(lab, token(9_000), at(8_000));
  expect(await kept(8_000)).toBe(token(1_300));
  if (process.platform !== 'win32') expect((await stat(join(root, '.lab', 'tokens.json'))).mode & 0o777).toBe(0o600);
  expect(await readdir(join(root, '.lab'))).toEqual(['tokens.json']);
});

test('a token from another pool, client, lab or account does not count', async () => {
  const lab = { root, target, lab: '03' };
  await keepToken(lab, token(1_000));
  expect(await keptToken(lab, token(2_000, { iss: 'another' }))).toBeUndefined();
  expect(await keptToken(lab, token(2_000, { aud: 'another' }))).toBeUndefined();
  expect(await keptToken({ ...lab, lab: '05' }, token(2_000))).toBeUndefined();
  expect(await keptToken({ ...lab, target: { title: 'AWS' } }, token(2_000))).toBeUndefined();
  await keepToken(lab, token(3_000, { iss: 'another' }));
  expect((await keptToken(lab, token(2_000, { iss: 'another' })))?.token).toBe(token(3_000, { iss: 'another' }));
});

test('a damaged file is rewritten', async () => {
  const lab = { root, target, lab: '03' };
  await keepToken(lab, token(1_000));
  for (const text of ['{', 'null', '{"format":2}', '{"format":2,"tokens":{"03 in the practice account":["x"]}}']) {
    await writeFile(join(root, '.lab', 'tokens.json'), text);
    expect(await keptToken(lab, token(2_000))).toBeUndefined();
    await keepToken(lab, token(2_000));
    expect((await keptToken(lab, token(9_000)))?.token).toBe(token(2_000));
  }
});
