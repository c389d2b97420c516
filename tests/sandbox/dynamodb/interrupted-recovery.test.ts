import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeContinuousBackupsCommand,
  DynamoDBClient,
  RestoreTableToPointInTimeCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestAccount } from '../../account.ts';

/** As many items as fill several pages of a scan. */
const batches = 10;
const perBatch = 25;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
});

afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

test('recovery is enabled once it has every item, even if the account is killed then', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program()], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    cwd: new URL('../../..', import.meta.url),
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  const ended = once(child, 'exit');
  await once(child, 'message');
  child.kill('SIGKILL');
  await ended;

  const account = await startTestAccount({ folder });
  const dynamodb = new DynamoDBClient(account.client);
  const { ContinuousBackupsDescription } = await dynamodb.send(
    new DescribeContinuousBackupsCommand({ TableName: 'history' }),
  );
  const { PointInTimeRecoveryStatus, EarliestRestorableDateTime } =
    ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
  expect(PointInTimeRecoveryStatus).toBe('ENABLED');
  await dynamodb.send(
    new RestoreTableToPointInTimeCommand({
      SourceTableName: 'history',
      TargetTableName: 'restored',
      RestoreDateTime: EarliestRestorableDateTime,
    }),
  );
  let restored = 0;
  let ExclusiveStartKey: Record<string, never> | undefined;
  do {
    const page = await dynamodb.send(new ScanCommand({ TableName: 'restored', ExclusiveStartKey }));
    restored += page.Count ?? 0;
    ExclusiveStartKey = page.LastEvaluatedKey as typeof ExclusiveStartKey;
  } while (ExclusiveStartKey !== undefined);
  await account.close();
  expect(restored).toBe(batches * perBatch);
});

/** An account in its own process that enables recovery for a large table and reports when it says that it is enabled. */
function program(): string {
  return `
    import { BatchWriteItemCommand, CreateTableCommand, DescribeContinuousBackupsCommand, DynamoDBClient, UpdateContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
    import { startPracticeAccount } from ${JSON.stringify(new URL('../../../sandbox/index.ts', import.meta.url).href)};
    const account = await startPracticeAccount({ folder: ${JSON.stringify(folder)} });
    const { accessKeyId, secretAccessKey } = account.identity;
    const credentials = { accessKeyId, secretAccessKey };
    const dynamodb = new DynamoDBClient({ endpoint: account.url, region: account.region, credentials });
    const TableName = 'history';
    await dynamodb.send(new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }));
    for (let batch = 0; batch < ${batches}; batch += 1) {
      const items = Array.from({ length: ${perBatch} }, (_, index) => ({
        PutRequest: { Item: { id: { S: batch + '-' + index }, text: { S: 'x'.repeat(30_000) } } },
      }));
      await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: items } }));
    }
    void dynamodb.send(new UpdateContinuousBackupsCommand({
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }));
    for (;;) {
      const { ContinuousBackupsDescription } = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
      if (ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus === 'ENABLED') break;
    }
    process.send('enabled');`;
}
