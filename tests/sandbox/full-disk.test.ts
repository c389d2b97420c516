import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { ClassicLevel } from 'classic-level';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startTestAccount } from '../account.ts';
import { connect, type RefusedError } from './execute-api/client.ts';
import { deployApi } from './execute-api/deployed-api.ts';

it("says that the disk is full, and doesn't pretend that anything was written", async () => {
  const account = await startTestAccount();
  onTestFinished(() => account.close());
  const client = new CloudFormationClient(account.client);
  const { url } = await deployApi(account);

  // In LevelDB's words: after the stack's own record, while its resources are being created.
  const cause = new Error('IO error: /x/000003.log: No space left on device');
  const failure = Object.assign(new Error('Batch failed'), { code: 'LEVEL_IO_ERROR', cause });
  const { batch } = ClassicLevel.prototype;
  let batches = 0;
  const spy = vi.spyOn(ClassicLevel.prototype, 'batch').mockImplementation(function (this: object, ...args: never[]) {
    batches += 1;
    return batches > 2 ? Promise.reject(failure) : Reflect.apply(batch, this, args);
  } as typeof batch);
  onTestFinished(() => spy.mockRestore());

  const Resources = Object.fromEntries(
    Array.from({ length: 5 }, (_, index) => [`Log${index}`, { Type: 'AWS::Logs::LogGroup' }]),
  );
  await client.send(new CreateStackCommand({ StackName: 'full', TemplateBody: JSON.stringify({ Resources }) }));
  const failed = async () => {
    const asked = client.send(new DescribeStacksCommand({ StackName: 'full' }));
    return asked.then(
      ({ Stacks = [] }) => Stacks[0]?.StackStatus,
      ({ name, message }: Error) => `${name}: ${message}`,
    );
  };
  const sentence =
    'The practice account can no longer write its state: IO error: /x/000003.log: No space left on device. Free some space on its disk, then stop it and start it again: everything it acknowledged is kept.';
  await expect.poll(failed, { timeout: 20_000 }).toBe(`InternalFailure: ${sentence}`);
  // Once, and without a stack trace, because no program is at fault.
  expect(account.said).toEqual([sentence]);
  const refused = await connect(url).catch((error: RefusedError) => error);
  expect(refused).toMatchObject({ status: 500, headers: { 'x-lab-failure': encodeURIComponent(sentence) } });
  await expect
    .poll(() => account.said.at(-1))
    .toBe(`The connection to ${new URL(url).pathname} failed: UnwritableStateError: ${sentence}`);
}, 60_000);
