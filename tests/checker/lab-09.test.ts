import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { CreateGroupCommand, ListGroupsCommand, ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { playScene } from '../../checker/scene/play.ts';
import { resultOf, testLab } from './learned-lab.ts';

// Lab 9 as a learner sees it, in one account: its start, its solution, and the checker's groups.

const room = await testLab('09');
const [start, solution] = await Promise.all([room.layOut('start'), room.layOut('solution')]);

test('the start fails as declared, points at the read, and the checker leaves nothing', async () => {
  await room.deploy(start);
  const verdict = await room.check(start);
  const failed = verdict.checks.filter(({ status }) => status === 'failed').map(({ id }) => id);
  expect(failed).toEqual(room.failsAtStart);
  expect(resultOf(verdict, 'channels-are-separate')).toMatchObject({
    actual: expect.stringMatching(
      /^Ada sent a message in the channel ".+"\. Grace, Edsger, Barbara, and 8 others got it, but are in other channels\.$/,
    ),
    place: { file: `labs/${room.lab.id}/functions/channels/send-message.ts`, line: 41 },
  });
  expect([await groups(), await users(), await room.rows()]).toEqual([['release', 'sales'], 0, 0]);
}, 120_000);

test('the scene shows who listens, and then that nobody does', async () => {
  expect(await played(start)).toBe("Grace reads Ada's message. Nobody invited her, and she did nothing to get it.");
  await room.deploy(solution);
  expect(await played(solution)).toBe("Linus reads Ada's message. Grace gets nothing.");
  expect([await groups(), await room.rows()]).toEqual([['release', 'sales'], 0]);
}, 120_000);

test('a group that a killed check left is deleted by the next one', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const note = {
    lab: room.lab.id,
    account: room.target.title,
    at: Date.now(),
    pid,
    host: hostname(),
    names: ['kettle'],
  };
  await mkdir(join(solution, '.lab', 'groups'), { recursive: true });
  await writeFile(join(solution, '.lab', 'groups', 'of-a-killed-command.json'), JSON.stringify(note));
  const cognito = await room.target.clients.cognito();
  await cognito.send(new CreateGroupCommand({ UserPoolId: await poolId(), GroupName: 'kettle' }));
  const verdict = await room.check(solution);
  expect(verdict.checks.filter(({ status }) => status !== 'passed')).toEqual([]);
  expect(await groups()).toEqual(['release', 'sales']);
}, 120_000);

async function played(root: string): Promise<string | undefined> {
  const told: string[] = [];
  await playScene({
    root,
    lab: room.lab,
    target: room.target,
    signal: new AbortController().signal,
    tell: (line) => void told.push(line),
    overhear() {},
    async untilSeen() {},
  });
  return told.at(-1);
}

async function groups(): Promise<Array<string | undefined>> {
  const cognito = await room.target.clients.cognito();
  const { Groups = [] } = await cognito.send(new ListGroupsCommand({ UserPoolId: await poolId() }));
  return Groups.map(({ GroupName }) => GroupName).sort();
}

async function users(): Promise<number> {
  const cognito = await room.target.clients.cognito();
  const { Users = [] } = await cognito.send(new ListUsersCommand({ UserPoolId: await poolId() }));
  return Users.length;
}

async function poolId(): Promise<string | undefined> {
  return (await room.stackResources()).find(({ type }) => type === 'AWS::Cognito::UserPool')?.physicalId;
}
