import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestAccount } from '../../account.ts';
import { compiled } from '../../compiled.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
});

afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

test('no acknowledged write is lost when the account is killed', async () => {
  const program = await compiled(join(import.meta.dirname, 'writing-account.ts'));
  const acknowledged: string[] = [];
  for (let kill = 0; kill < 3; kill += 1) {
    const child = spawn(process.execPath, [program, folder, String(kill)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let count = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged.push(line);
      count += 1;
      if (count === 60) child.kill('SIGKILL');
    }
    expect(count).toBeGreaterThanOrEqual(60);
  }
  const account = await startTestAccount({ folder });
  const dynamodb = new DynamoDBClient(account.client);
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: 'written' }));
  await account.close();
  const kept = new Set(Items.map(({ id }) => id?.S));
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
});
