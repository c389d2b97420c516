import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { separateZip } from './zip-in-json.ts';

const zip = randomBytes(7 * 1024 * 1024 + 1);
const base64 = zip.toString('base64');

it.each([
  ['CreateFunction', { FunctionName: 'f', Code: { ZipFile: base64 }, Description: 'A "quoted" one.' }],
  ['UpdateFunctionCode', { ZipFile: base64, Publish: true }],
])('takes the zip of %s out of its JSON', async (_operation, input) => {
  for (const indent of [undefined, 2]) {
    const separated = await separateZip(Buffer.from(JSON.stringify(input, undefined, indent)));
    expect(separated?.zip.equals(zip)).toBe(true);
    const placed = JSON.parse(JSON.stringify(input).replace(base64, separated?.placeholder ?? ''));
    expect(JSON.parse(separated?.body.toString() ?? '')).toEqual(placed);
  }
});

it.each([
  ['a small body', '{"ZipFile":"UEsF"}'],
  ['escapes', `{"ZipFile":"${base64.slice(0, -1)}\\u003d"}`],
  ['no zip', `{"Description":"${base64}"}`],
  ['a zip that does not end', `{"ZipFile":"${base64}`],
])('leaves alone %s', async (_what, body) => {
  expect(await separateZip(Buffer.from(body))).toBeUndefined();
});
