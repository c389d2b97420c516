import { CreateRoleCommand, GetRoleCommand, GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { ClassicLevel } from 'classic-level';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startTestAccount } from '../account.ts';

it('answers a call only once what it read is on disk', async () => {
  const account = await startTestAccount();
  onTestFinished(() => account.close());
  const iam = new IAMClient(account.client);
  await iam.send(new GetUserCommand({}));

  let write = () => {};
  const isWritable = new Promise<void>((resolve) => {
    write = resolve;
  });
  const { batch } = ClassicLevel.prototype;
  const spy = vi.spyOn(ClassicLevel.prototype, 'batch').mockImplementation(async function (
    this: object,
    ...args: never[]
  ) {
    await isWritable;
    return Reflect.apply(batch, this, args);
  } as typeof batch);
  onTestFinished(() => spy.mockRestore());

  const order: string[] = [];
  const note = (what: string) => () => order.push(what);
  const AssumeRolePolicyDocument = JSON.stringify({
    Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
  });
  const created = iam.send(new CreateRoleCommand({ RoleName: 'new', AssumeRolePolicyDocument }));
  await expect.poll(() => spy.mock.calls.length).toBeGreaterThan(0);
  const read = iam.send(new GetRoleCommand({ RoleName: 'new' })).then(note('read'));
  // Enough for an answer that doesn't wait.
  for (let turn = 0; turn < 20; turn += 1) await fetch(account.url);
  note('written')();
  write();
  await Promise.all([created, read]);
  expect(order).toEqual(['written', 'read']);
});
