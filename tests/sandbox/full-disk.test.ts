import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { ClassicLevel } from 'classic-level';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startTestAccount } from '../account.ts';

it('says that nothing can be written any more, in place of what is not on the disk', async () => {
  const account = await startTestAccount();
  onTestFinished(() => account.close());
  const client = new CloudFormationClient(account.client);
  await new STSClient(account.client).send(new GetCallerIdentityCommand({}));

  // As LevelDB says it: after the stack's own record, while its resources are made.
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
  await expect.poll(failed, { timeout: 20_000 }).toMatch(/^InternalFailure: .*cannot write .* No space left on device/);
  // No stack trace: it is no fault of a program.
  expect(account.said).toEqual([]);
}, 60_000);
