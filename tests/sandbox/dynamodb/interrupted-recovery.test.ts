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
import { compiled } from '../../compiled.ts';

/** As many items as fill several pages of a scan. */
const batches = 10;
const perBatch = 25;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
});

afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

test('recovery is enabled once it has every item, even if the account is killed then', async () => {
  const program = await compiled(join(import.meta.dirname, 'recovering-account.ts'));
  const child = spawn(process.execPath, [program, folder, String(batches), String(perBatch)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
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
