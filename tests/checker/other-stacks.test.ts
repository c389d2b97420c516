import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { destroyLab } from '../../checker/deploy/destroy.ts';
import { deployTools } from '../../checker/deploy/tools.ts';
import { describe as describeStack } from '../../checker/observe/stack.ts';
import { workshopRoot } from '../../checker/workshop/root.ts';
import { type LearnedLab, learnLab, resultOf } from './learned-lab.ts';

// A learner's stacks besides the one every lab starts with.

let room: LearnedLab;
// The CLI deploys the stacks that a lab's own stack depends on.
const tools = deployTools(workshopRoot());
const { signal } = new AbortController();

beforeAll(async () => {
  room = await learnLab('01', { tools });
}, 180_000);

afterAll(async () => {
  tools.close();
  await room?.close();
});

/** Writes the solution with a changed stack.ts. */
async function changed(change: (text: string) => string): Promise<string> {
  const workshop = await room.layOut('solution');
  const file = join(room.folderOf(workshop), 'stack.ts');
  const text = change(await readFile(file, 'utf8'));
  await writeFile(file, text);
  return workshop;
}

/** The room's remaining stacks, including nested ones. */
async function leftStacks(): Promise<Array<string | undefined>> {
  const [client, { DescribeStacksCommand }] = await Promise.all([
    room.target.clients.cloudformation(),
    import('@aws-sdk/client-cloudformation'),
  ]);
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({}));
  return Stacks.map(({ StackName }) => StackName).filter((name) => name?.startsWith('chat-'));
}

const made = `new Stack(app, 'chat-01-missing-route')`;

test.each([
  ['another name', { stackName: 'mine' }, 'names its stack mine', 'renames the stack'],
  ['another region', { env: { region: 'eu-central-1' } }, 'in eu-central-1', 'puts the stack in a region'],
])(
  'a stack with %s is not deployed, and the reason is found',
  async (_, props, refused, reason) => {
    const literal = JSON.stringify(props).replace(/"(\w+)":/g, '$1: ');
    const workshop = await changed((text) => text.replace(made, made.replace(')', `, ${literal})`)));
    await expect(room.deploy(workshop)).rejects.toThrow(refused);
    const verdict = await room.check(workshop);
    expect(verdict).toMatchObject({ status: 'not deployed', remark: expect.stringContaining(reason) });
  },
  120_000,
);

test('a stack whose construct has another id is found by its name', async () => {
  const workshop = await changed((text) =>
    text.replace(made, "new Stack(app, 'Chat', { stackName: 'chat-01-missing-route' })"),
  );
  expect((await room.deploy(workshop)).outcome).toBe('deployed');
  expect((await room.deploy(workshop)).outcome).toBe('unchanged');
  const verdict = await room.check(workshop);
  expect(verdict).toMatchObject({ status: 'fixed' });
  expect(verdict).not.toHaveProperty('drift');
  expect(resultOf(verdict, 'two-people-talk')).toMatchObject({
    place: { file: 'labs/01-missing-route/stack.ts', construct: 'Chat/SendMessage' },
  });
  await destroyLab({ lab: room.lab.id, target: room.target, signal });
}, 180_000);

test('an import that no stack exports is reported as missing from the deployment', async () => {
  const workshop = await changed((text) =>
    text
      .replace('connections.tableName }', "connections.tableName, OTHER: Fn.importValue('nope') }")
      .replace('Duration, ', 'Duration, Fn, '),
  );
  await expect(room.deploy(workshop)).rejects.toThrow(
    /imports the value nope, but no stack in .* exports it\.\n {2}at /,
  );
  await destroyLab({ lab: room.lab.id, target: room.target, signal });
}, 120_000);

test.each([
  ['a second', "new Stack(app, 'chat-functions')"],
  ['a nested', "new NestedStack(stack, 'Functions')"],
])(
  'functions and a table in %s stack belong to the room, and are deleted with it',
  async (_, second) => {
    const workshop = await changed((text) =>
      text
        .replace('// Who is in the room', `const data = ${second};\n\n// Who is in the room`)
        .replace('Duration, ', 'Duration, NestedStack, ')
        .replace("new Table(stack, 'Connections'", "new Table(data, 'Connections'")
        .replace('new NodejsFunction(stack, id', 'new NodejsFunction(data, id')
        .replace('new LogGroup(stack, `', 'new LogGroup(data, `')
        .replace(
          /stage\.grantManagementApiAccess\(sendMessage\);/,
          "sendMessage.addToRolePolicy(new PolicyStatement({ actions: ['execute-api:ManageConnections'], resources: ['*'] }));",
        )
        .replace('import { Runtime }', "import { PolicyStatement } from 'aws-cdk-lib/aws-iam';\nimport { Runtime }"),
    );
    await room.deploy(workshop);
    const verdict = await room.check(workshop);
    expect(verdict.checks.map(({ id, status }) => [id, status])).toEqual(
      verdict.checks.map(({ id }) => [id, 'passed']),
    );
    expect(verdict).not.toHaveProperty('drift');
    await destroyLab({ lab: room.lab.id, target: room.target, signal });
    expect(await describeStack(room.target, 'chat-functions')).toBeUndefined();
    expect(await leftStacks()).toEqual([]);
  },
  180_000,
);
