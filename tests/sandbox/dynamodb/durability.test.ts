import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestAccount } from '../../account.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
});

afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

test('no acknowledged write is lost when the account is killed', async () => {
  const acknowledged: string[] = [];
  for (let kill = 0; kill < 3; kill += 1) {
    const child = startWriter(folder, kill);
    let count = 0;
    for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
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

/** An account in its own process that keeps writing and says which writes were acknowledged. */
function startWriter(home: string, kill: number): ChildProcess {
  const program = `
    import { DynamoDBClient, CreateTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
    import { startPracticeAccount } from ${JSON.stringify(new URL('../../../sandbox/index.ts', import.meta.url).href)};
    const account = await startPracticeAccount({ folder: ${JSON.stringify(home)} });
    const { accessKeyId, secretAccessKey } = account.identity;
    const credentials = { accessKeyId, secretAccessKey };
    const dynamodb = new DynamoDBClient({ endpoint: account.url, region: account.region, credentials });
    const TableName = 'written';
    if (${kill} === 0) await dynamodb.send(new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }));
    for (let index = 0; ; index += 1) {
      const id = '${kill}-' + index;
      await dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: id }, text: { S: 'x'.repeat(500) } } }));
      process.stdout.write(id + '\\n');
    }`;
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: new URL('../../..', import.meta.url),
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
}
