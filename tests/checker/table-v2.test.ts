import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UpdateContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, expect, test } from 'vitest';
import { testLab } from './learned-lab.ts';
import { runCommand } from './run-command.ts';

// A learner of lab 11 moves the messages to a TableV2, which the CDK recommends. It makes another resource type.

const room = await testLab('11');
const workshop = await room.layOut('repairs/table-v2');

beforeAll(async () => {
  await room.deploy(await room.layOut('start'));
}, 120_000);

test('under the same id, the deployment says why it fails, where, and what to do', async () => {
  const file = join(room.folderOf(workshop), 'stack.ts');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace("'MessagesTable'", "'Messages'"));
  await expect(room.deploy(workshop)).rejects.toMatchObject({
    message: expect.stringMatching(
      /chat-11-no-way-back\/Messages has another resource type than the deployed one.*\n {2}at labs\/11-no-way-back\/stack\.ts:32$/,
    ),
    next: 'Give the new construct another id and deploy again. It starts without the data of the old one.',
  });
  await writeFile(file, text);
}, 60_000);

test("under another id, it's fixed, and manual changes of its recovery are found and reverted", async () => {
  await room.deploy(workshop);
  expect(await room.check(workshop)).toMatchObject({ status: 'fixed' });
  const isGlobal = ({ type }: { readonly type: string }) => type === 'AWS::DynamoDB::GlobalTable';
  const TableName = (await room.stackResources()).find(isGlobal)?.physicalId;
  const client = await room.target.clients.dynamodb();
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 1 };
  await client.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
  const { status, drift } = await room.check(workshop);
  expect(status).toBe('not fixed');
  expect(drift).toMatchObject({
    kind: 'changed',
    changed: ['AWS::DynamoDB::GlobalTable MessagesTable: PointInTimeRecoverySpecification'],
  });
  for (const command of drift?.setBack ?? []) await runCommand(room.target, command);
  const after = await room.check(workshop);
  expect(after.status).toBe('fixed');
  expect(after).not.toHaveProperty('drift');
}, 120_000);
