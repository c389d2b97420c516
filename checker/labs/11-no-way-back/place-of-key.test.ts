import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { finder } from '../../observe/locate.ts';
import { placeOfKey } from './place-of-key.ts';

let labFolder: string;
beforeEach(async () => {
  labFolder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
});
afterEach(() => rm(labFolder, { recursive: true, force: true }));

const helper = 'function roomFunction(id: string, time = Date.now()) {}';

test.each([
  ['id', "  partitionKey: { name: 'id', type: AttributeType.STRING },", 2],
  ['time', 'sortKey: { type: AttributeType.STRING, name: "time" },', 2],
  ['time', "keySchema: [{ attributeName: 'time', keyType: 'RANGE' }],", 2],
  ['id', 'partitionKey: { name: KEY, type: AttributeType.STRING },', undefined],
  ['id', "new CfnOutput(stack, 'id', { value: id });", undefined],
])('points at the line that names the key, not at the same word elsewhere: %s in %s', async (key, line, found) => {
  await writeFile(join(labFolder, 'stack.ts'), `${helper}\n${line}\n`);
  expect(placeOfKey({ find: finder({ root: labFolder, labFolder }) }, key)?.line).toBe(found);
});
