import { CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
} from '@aws-sdk/client-iam';
import { afterAll, describe, expect, test } from 'vitest';
import { createClients } from '../../checker/aws/clients.ts';
import type { Target } from '../../checker/aws/target.ts';
import type { StackResource } from '../../checker/checking/check.ts';
import { checkLab } from '../../checker/checking/check-lab.ts';
import { leastPolicy, openToEverybody, type PolicyStatement, statements } from '../../checker/checking/permissions.ts';
import type { Verdict } from '../../checker/checking/result.ts';
import { describe as describeStack } from '../../checker/observe/stack.ts';
import { labs } from '../../checker/workshop/labs.ts';
import { type LearnedLab, learnLab } from './learned-lab.ts';
import { type Record, record } from './recorded.ts';

// The policy of `lab doctor --policy` is exactly what the checker needs: the practice account's IAM denies everything
// else.

const policy = leastPolicy({ region: 'us-east-1', account: '111122223333', partition: 'aws' });
const declared = statements.flatMap(({ calls }) => Object.values(calls).flat());
const made = new Set<string>();

test('an administrator can create a managed policy from it', () => {
  expect(JSON.stringify(policy).length).toBeLessThan(6144);
});

describe.each(labs.map(({ id }) => id))('%s', (id) => {
  let room: LearnedLab;

  afterAll(() => room?.close());

  test('is checked by a user who has no other permissions', async () => {
    room = await learnLab(id.slice(0, 2));
    const user = await userWith(room.target, policy.Statement);
    expect((await user.check(room, await failToDeploy(room))).status).toBe('not deployed');
    const start = await room.layOut('start');
    await room.deploy(start);
    await leaveARow(room);
    expect((await user.check(room, start)).status).toBe('not fixed');
    expect(await room.rows()).toBe(0);
    const solution = await room.layOut('solution');
    await room.deploy(solution);
    await attachAPolicy(room);
    expect((await user.check(room, solution)).status).toBe('fixed');
    expect([...user.calls.refused]).toEqual([]);
    const known = [...declared, ...openToEverybody];
    expect([...user.calls.made].filter((call) => !known.includes(call))).toEqual([]);
    for (const call of user.calls.made) made.add(call);
  }, 180_000);

  test('without one of the statements that it used, it is denied', async () => {
    const solution = await room.layOut('solution');
    const solved = await userWith(room.target, policy.Statement);
    await solved.check(room, solution);
    for (const { sid, calls } of statements) {
      if (
        !Object.values(calls)
          .flat()
          .some((call) => solved.calls.made.has(call))
      )
        continue;
      const user = await userWith(
        room.target,
        policy.Statement.filter(({ Sid }) => Sid !== sid),
      );
      const verdict = await user.check(room, solution);
      expect([sid, user.calls.refused.size]).not.toEqual([sid, 0]);
      expect([sid, verdict.checks.filter(({ status }) => status === 'failed')]).toEqual([sid, []]);
    }
  }, 240_000);
});

test('each declared call is made by some check', () => {
  // If a client of the pool allows it, the checker signs in the way a user does; otherwise it uses this.
  const rare = ['AdminInitiateAuth'];
  expect(declared.filter((call) => !made.has(call) && !rare.includes(call))).toEqual([]);
});

interface User {
  readonly calls: Record;
  check(room: LearnedLab, workshop: string): Promise<Verdict>;
}

let users = 0;

/** A user of the account with exactly the permissions in these statements. */
async function userWith(target: Target, Statement: readonly PolicyStatement[]): Promise<User> {
  users += 1;
  const UserName = `checker-${users}`;
  const iam = await target.clients.iam();
  const PolicyDocument = JSON.stringify({ Version: policy.Version, Statement });
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: UserName, PolicyDocument }));
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: Policy?.Arn }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const { clients } = createClients({
    region: target.region,
    endpoint: target.environment.AWS_ENDPOINT_URL ?? '',
    credentials: { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' },
  });
  const { signal } = new AbortController();
  return {
    calls: await record(clients),
    check: (room, root) =>
      checkLab({ root, lab: room.lab, target: { ...room.target, clients }, signal, labFolder: room.folderOf(root) }),
  };
}

/** A first deployment that is rolled back: the checker gives the reason from the stack's events. */
async function failToDeploy({ lab, target, layOut }: LearnedLab): Promise<string> {
  const StackName = `chat-${lab.id}`;
  const client = await target.clients.cloudformation();
  const Stage = { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: 'gone', StageName: 'room' } };
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources: { Stage } }) }));
  const status = async () => (await describeStack(target, StackName))?.StackStatus;
  await expect.poll(status, { timeout: 20_000 }).toBe('ROLLBACK_COMPLETE');
  const workshop = await layOut('start');
  // It blocks nothing: the CDK deletes it first.
  return workshop;
}

/** A customer managed policy on the sending function's role: the checker reads the policies it lists. */
async function attachAPolicy({ target, stackResources }: LearnedLab): Promise<void> {
  const ofSender = ({ type, logicalId }: StackResource) =>
    type === 'AWS::IAM::Role' && logicalId.startsWith('SendMessage');
  const role = (await stackResources()).find(ofSender);
  const iam = await target.clients.iam();
  const Statement = { Effect: 'Allow', Action: 'xray:PutTraceSegments', Resource: '*' };
  const PolicyDocument = JSON.stringify({ Version: policy.Version, Statement });
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'by-hand', PolicyDocument }));
  await iam.send(new AttachRolePolicyCommand({ RoleName: role?.physicalId, PolicyArn: Policy?.Arn }));
}

/** A row left by a visitor who connected long ago. */
async function leaveARow({ target, stackResources }: LearnedLab): Promise<void> {
  const table = (await stackResources()).find(({ type }) => type === 'AWS::DynamoDB::Table');
  const Item = { connectionId: { S: 'gone=' }, name: { S: 'Ada (check s44we8-0123abcd)' } };
  await (await target.clients.dynamodb()).send(new PutItemCommand({ TableName: table?.physicalId, Item }));
}
