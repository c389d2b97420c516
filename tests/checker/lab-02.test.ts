import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeleteRolePolicyCommand } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import type { Verdict } from '../../checker/checking/result.ts';
import { destroyLab } from '../../checker/deploy/destroy.ts';
import { runByHand } from '../../checker/prove/by-hand.ts';
import { resultOf, statuses, testLab } from './learned-lab.ts';

// Lab 2 as a learner goes through it, in one account: its start, a manual repair, that repair removed, its solution.

const room = await testLab('02');
const [start, solution] = await Promise.all([room.layOut('start'), room.layOut('solution')]);

test('the start fails as declared: the log, the denied action, and the grant in the third hint', async () => {
  await room.deploy(start);
  const verdict = await room.check(start);
  expect(statuses(verdict)).toEqual(['passed', 'failed', 'failed', 'passed']);
  expect(verdict.checks.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual(room.failsAtStart);
  const result = resultOf(verdict, 'sender-may-post');
  expect(result).toMatchObject({
    actual: expect.stringContaining("isn't allowed execute-api:ManageConnections"),
    place: { file: `labs/${room.lab.id}/stack.ts`, construct: `chat-${room.lab.id}/SendMessage` },
  });
  const evidence = result.status === 'failed' ? result.evidence : [];
  const lines = (source: string) => evidence.find((each) => each.source === source)?.lines.join('\n');
  expect(lines('log')).toMatch(
    /^AccessDeniedException: User: .* is not authorized to perform: execute-api:ManageConnections/,
  );
  expect(lines('denied')).toMatch(/^execute-api:ManageConnections on .*\*{8}3333:\w+\/room\/POST\/@connections\//);
  expect(lines('SimulatePrincipalPolicy')).toMatch(/^denied: execute-api:ManageConnections/);
  const [, , third = ''] = (result.status === 'failed' && result.finding?.hints) || [];
  expect(JSON.parse(/missing grant (.*)$/.exec(third)?.[1] ?? '')).toMatchObject({
    Action: 'execute-api:ManageConnections',
    Resource: expect.stringMatching(/^arn:aws:execute-api:us-east-1:111122223333:\w+\/room\/POST\/@connections\/\*$/),
  });
  expect(await room.rows()).toBe(0);
}, 120_000);

test('a policy attached by hand passes, with a remark and the way back', async () => {
  await repairByHand();
  const verdict = await room.check(start);
  expect(verdict.status).toBe('fixed');
  expect(remarkOf(verdict)).toContain('in the account, not in the file');
  await takeOffAsTold(verdict);
}, 120_000);

test('the solution passes without a remark', async () => {
  await room.deploy(solution);
  const verdict = await room.check(solution);
  expect(verdict.status).toBe('fixed');
  expect(remarkOf(verdict)).toBeUndefined();
  expect(await room.rows()).toBe(0);
}, 120_000);

test("the API's id, written out, passes with a remark on fresh deployments", async () => {
  const apiId = (await room.stackResources()).find(({ type }) => type === 'AWS::ApiGatewayV2::Api')?.physicalId;
  const path = join(room.folderOf(solution), 'stack.ts');
  const text = await readFile(path, 'utf8');
  const arn = `arn:aws:execute-api:us-east-1:111122223333:${apiId}/room/POST/@connections/*`;
  const statement = `new PolicyStatement({ actions: ['execute-api:ManageConnections'], resources: ['${arn}'] })`;
  const literal = text
    .replace('stage.grantManagementApiAccess(sendMessage);', `sendMessage.addToRolePolicy(${statement});`)
    .replace(/^import/, "import { PolicyStatement } from 'aws-cdk-lib/aws-iam';\nimport");
  await writeFile(path, literal);
  await room.deploy(solution);
  const verdict = await room.check(solution);
  expect(verdict.status).toBe('fixed');
  expect(remarkOf(verdict)).toContain('A fresh deployment gets another id');
  await writeFile(path, text);
  await room.deploy(solution);
}, 120_000);

test("an excessive grant is found at its line, not at another function's", async () => {
  const path = join(room.folderOf(solution), 'stack.ts');
  const text = await readFile(path, 'utf8');
  const wide = 'connections.grantReadWriteData(sendMessage);';
  const changed = text.replace(/^connections\.grants\.actions\(sendMessage,.*$/m, wide);
  await writeFile(path, changed);
  await room.deploy(solution);
  const verdict = await room.check(solution);
  expect(verdict.checks.find(({ id }) => id === 'no-more-than-needed')).toMatchObject({
    actual: expect.stringContaining('can do more than it needs'),
    place: { line: changed.split('\n').indexOf(wide) + 1 },
  });
  await writeFile(path, text);
  await room.deploy(solution);
}, 120_000);

test('a policy in a nested stack is no manual change', async () => {
  const path = join(room.folderOf(solution), 'stack.ts');
  const text = await readFile(path, 'utf8');
  const nested = `new Policy(new NestedStack(stack, 'Permissions'), 'Posting', {
  roles: sendMessage.role === undefined ? [] : [sendMessage.role],
  statements: [
    new PolicyStatement({
      actions: ['execute-api:ManageConnections'],
      resources: [stack.formatArn({ service: 'execute-api', resource: api.apiId, resourceName: 'room/POST/@connections/*' })],
    }),
  ],
});`;
  const changed = text
    .replace('stage.grantManagementApiAccess(sendMessage);', nested)
    .replace('Duration, ', 'Duration, NestedStack, ')
    .replace(/^import/, "import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';\nimport");
  await writeFile(path, changed);
  await room.deploy(solution);
  const verdict = await room.check(solution);
  expect(verdict).toMatchObject({ status: 'fixed' });
  expect(verdict).not.toHaveProperty('drift');
  expect(remarkOf(verdict)).toBeUndefined();
  await writeFile(path, text);
  await room.deploy(solution);
}, 120_000);

test('a manually attached policy blocks the deletion, as the remark said', async () => {
  await repairByHand();
  const verdict = await room.check(solution);
  const { lab, target } = room;
  const { signal } = new AbortController();
  await expect(destroyLab({ lab: lab.id, target, signal })).rejects.toThrow(/DeleteConflict|delete policies first/);
  await takeOffAsTold(verdict);
  expect(await destroyLab({ lab: lab.id, target, signal })).toBe('destroyed');
}, 120_000);

function repairByHand(): Promise<void> {
  const { byHand = [] } = room.variant('repairs/by-hand-inline-policy');
  return runByHand(room.target, `chat-${room.lab.id}`, byHand);
}

/** Runs the command in the remark. */
async function takeOffAsTold(verdict: Verdict): Promise<void> {
  const [, RoleName, PolicyName] = /--role-name (\S+) --policy-name (\S+)$/.exec(remarkOf(verdict) ?? '') ?? [];
  const iam = await room.target.clients.iam();
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
}

function remarkOf(verdict: Verdict): string | undefined {
  const result = resultOf(verdict, 'sender-may-post');
  return result.status === 'passed' ? result.remark : undefined;
}
