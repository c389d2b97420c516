import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labs } from '../../checker/workshop/labs.ts';
import { startTestAccount, type TestAccount } from '../account.ts';
import { layOutWorkshop, type Workshop } from './workshop.ts';

let workshop: Workshop;
let account: TestAccount;
let folder: string;

beforeAll(async () => {
  account = await startTestAccount();
  folder = await mkdtemp(join(tmpdir(), 'websocket-lab-profiles-'));
  const { accessKeyId, secretAccessKey } = account.identity;
  const keys = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  await writeFile(join(folder, 'config'), `[profile work]\nregion = us-east-1\nendpoint_url = ${account.url}\n${keys}`);
  workshop = await layOutWorkshop({
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
    AWS_EC2_METADATA_DISABLED: 'true',
  });
}, 120_000);
afterAll(async () => {
  await workshop?.remove();
  await account?.close();
  await rm(folder, { recursive: true, force: true });
});

async function reports(): Promise<string[]> {
  const files = await readdir(join(workshop.root, '.lab')).catch(() => []);
  const ours = files.filter((name) => /^smoke-.*\.md$/.test(name)).sort();
  return Promise.all(ours.map((name) => readFile(join(workshop.root, '.lab', name), 'utf8')));
}

/** The stacks of the account that plays AWS. */
async function stacks(): Promise<(string | undefined)[]> {
  const names: (string | undefined)[] = [];
  const client = new CloudFormationClient(account.client);
  for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) {
    names.push(...Stacks.map(({ StackName }) => StackName));
  }
  return names.filter((name) => name !== 'CDKToolkit');
}

describe('lab smoke', () => {
  it('rejects the practice account unless it is asked for', async () => {
    const { code, stderr } = await workshop.lab('smoke', '--yes');
    expect(code).toBe(2);
    expect(stderr).toContain('you are using the practice account');
  });

  it('starts nothing without consent', async () => {
    const { code, stderr } = await workshop.lab('smoke', '--practice');
    expect(code).toBe(2);
    expect(stderr.replace(/\s+/g, ' ')).toMatch(/ to a practice account of its own, .* costs nothing\./);
    expect(await reports()).toEqual([]);
  });

  it('deploys, checks and deletes start and solution of every lab, and reports no surprise', async () => {
    const { code, stdout, stderr } = await workshop.lab('smoke', '--practice', '--yes');
    const [report = ''] = await reports();
    expect([code, stderr], `${stdout}\n${report}`).toEqual([
      0,
      expect.stringContaining(` of ${labs.length} labs to a practice account`),
    ]);
    for (const { id: lab } of labs) {
      for (const step of ['deploy start', 'check start', 'deploy solution', 'check solution', 'destroy']) {
        expect(report).toMatch(new RegExp(`\\| ${lab} \\| ${step} \\| [\\d.]+ \\| yes \\|`));
      }
    }
    expect(report).toContain('Every answer was expected.');
    expect(report).not.toContain('111122223333');
  }, 400_000);

  it('shows account and region, and deletes everything after Ctrl-C', async () => {
    expect(await workshop.lab('use', 'aws', '--profile', 'work')).toMatchObject({ code: 0 });
    const running = workshop.start('smoke', '01', '--yes');
    await running.saw('AWS account 111122223333 in us-east-1');
    await expect.poll(stacks, { timeout: 100_000 }).toEqual(['chat-01-missing-route']);
    running.child.kill('SIGINT');
    const { code, stderr } = await running.ended;
    expect([code, stderr]).toEqual([130, expect.stringContaining('Interrupted; nothing is left.')]);
    expect(await stacks()).toEqual([]);
    const report = (await reports()).at(-1);
    expect(report).toContain('Interrupted by Ctrl-C.');
    expect(report).toContain('# Smoke test of AWS account <account> in us-east-1');
  }, 240_000);

  it('leaves a lab alone that somebody is working on', async () => {
    expect(await workshop.lab('deploy', '01')).toMatchObject({ code: 0 });
    const { code, stderr } = await workshop.lab('smoke', '01', '--yes');
    expect([code, stderr]).toEqual([3, expect.stringContaining('01-missing-route is deployed in')]);
    expect(await stacks()).toEqual(['chat-01-missing-route']);
  }, 120_000);
});
