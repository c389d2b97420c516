import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failedPolicy } from './failed-policy.ts';

let root: string;
let labFolder: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'failed-policy-'));
  labFolder = join(root, 'labs', '02-x');
  await mkdir(labFolder, { recursive: true });
  const lines = [
    "connections.grants.actions(disconnect, 'dynamodb:DeleteItem');",
    "connections.grants.actions(sendMessage, 'dynamodb:DeleteItem');",
    "sendMessage.addToRolePolicy(new PolicyStatement({ actions: ['execute-api:ManageConnections'], resources: [stage.url] }));",
  ];
  await writeFile(join(labFolder, 'stack.ts'), lines.join('\n'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const template = (...actions: string[]) =>
  JSON.stringify({
    Resources: {
      Policy1: {
        Properties: { PolicyDocument: { Statement: actions.map((Action) => ({ Action, Effect: 'Allow' })) } },
      },
    },
  });
const paths = new Map([
  ['Policy1', 'chat/SendMessage/ServiceRole/DefaultPolicy/Resource'],
  ['Policy2', 'chat/Post/Resource'],
]);
const explained = (written: string, deployed: string, id = 'Policy1') =>
  failedPolicy(id, { root, labFolder, paths }, { written, deployed });

const [table, post] = ['dynamodb:DeleteItem', 'execute-api:ManageConnections'] as const;

test('names the new statement, and the only line with its action', () => {
  expect(explained(template(table, post), template(table))).toEqual({
    said: `Every grant to SendMessage/ServiceRole adds a statement to this policy. New in this deployment: ${post}`,
    place: { file: 'labs/02-x/stack.ts', line: 3 },
  });
});

test.each([
  ['several statements are new', template(table, post), ''],
  ['several lines have its action', template(post, table), template(post)],
  ['no line has its action', template(table, 'execute-api:Invoke'), template(table)],
  ['no statement is new', template(table), template(table)],
])('names no line if %s', (_, written, deployed) => {
  expect(explained(written, deployed)?.place).toBeUndefined();
});

test('says nothing about other policies', () => {
  expect(explained(template(table, post), '', 'Policy2')).toBeUndefined();
});
