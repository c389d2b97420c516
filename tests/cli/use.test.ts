import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CloudFormationClient, CreateStackCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from '../account.ts';
import { layOutWorkshop, type Workshop } from './workshop.ts';

// `lab use aws`, with a practice account instead of AWS: the profile contains its address, or an option does.

let account: TestAccount;
let folder: string;
let workshop: Workshop;
const lab = (...args: string[]) => workshop.lab(...args);
const target = () => join(workshop.root, '.lab', 'target.json');

beforeAll(async () => {
  account = await startTestAccount();
  const { accessKeyId, secretAccessKey } = account.identity;
  folder = await mkdtemp(join(tmpdir(), 'websocket-lab-profiles-'));
  const keys = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  const config = [
    `[profile work]\nregion = us-east-1\nendpoint_url = ${account.url}\n${keys}`,
    `[profile nowhere]\n${keys}`,
    `[profile ended]\nregion = us-east-1\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Dev\n`,
    `[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\n`,
    `[profile team]\nregion = us-east-1\nsource_profile = work\nrole_arn = arn:aws:iam::111122223333:role/team\nmfa_serial = arn:aws:iam::111122223333:mfa/ada\n`,
    `[profile closed]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:9\n${keys}`,
    `[profile stranger]\nregion = us-east-1\nendpoint_url = ${account.url}\n${keys.replace(accessKeyId, 'AKIAIOSFODNN7EXAMPLE')}`,
  ];
  await writeFile(join(folder, 'config'), config.join('\n'));
  workshop = await layOutWorkshop({
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
    AWS_EC2_METADATA_DISABLED: 'true',
    // Whatever the shell points at: it must be the account that was named.
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
  });
}, 120_000);

afterAll(async () => {
  await workshop?.remove();
  await account?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('nothing is chosen if the account cannot be used: one sentence, one thing to do, exit code 3', () => {
  it.each<[string, string[], string, string]>([
    ['a profile that is not there', ['--profile', 'wrok'], 'no AWS profile named wrok', 'It has: work, nowhere'],
    ['no region', ['--profile', 'nowhere'], 'The profile nowhere has no region.', 'lab use aws --region'],
    ['a sign-in that ended', ['--profile', 'ended'], 'have expired', 'aws sso login --profile ended'],
    [
      'a code, and no terminal to enter it at',
      ['--profile', 'team'],
      'requires an MFA code',
      'Run the command in a terminal',
    ],
    ['nobody at the address', ['--profile', 'closed'], 'nothing answers at its address', 'something is in between'],
    ['a key that is unknown', ['--profile', 'stranger'], 'rejected the access key', 'get-caller-identity'],
    ['no credentials', ['--region', 'us-east-1'], 'No credentials found', '--profile NAME'],
  ])('%s', async (_, args, reason, next) => {
    const { code, stdout, stderr } = await lab('use', 'aws', ...args);
    expect(stderr).toContain(reason);
    expect(stderr).toContain(next);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect([code, stdout]).toEqual([3, '']);
    await expect(readFile(target())).rejects.toThrow();
  });

  it('wrong usage ends with 2', async () => {
    expect((await lab('use', 'azure')).code).toBe(2);
    expect((await lab('use', 'practice', '--region', 'us-east-1')).code).toBe(2);
    expect((await lab('use', 'aws', '--region', 'Frankfurt')).code).toBe(2);
  });
});

describe('a named account', () => {
  it('is printed, and kept in a plain file', async () => {
    expect((await lab('use')).stdout).toContain('the practice account');
    const { code, stdout, stderr } = await lab('use', 'aws', '--profile', 'work');
    expect([code, stderr]).toEqual([0, expect.stringContaining('AWS_ENDPOINT_URL (http://127.0.0.1:1) is ignored')]);
    expect(stdout).toContain(`AWS account 111122223333 in us-east-1 at ${account.url}, with the profile work`);
    const kept = { kind: 'aws', account: '111122223333', region: 'us-east-1', profile: 'work' };
    expect(JSON.parse(await readFile(target(), 'utf8'))).toEqual(kept);
    expect((await lab('use')).stdout).toContain('AWS account 111122223333 in us-east-1, with the profile work');
  });

  it('is shown before anything is done in it', async () => {
    const { code, stdout, stderr } = await lab('check', '02', '--json');
    expect(stderr.split('\n')[0]).toBe(
      `Working in AWS account 111122223333 in us-east-1 at ${account.url}, with the profile work.`,
    );
    expect(JSON.parse(stdout)).toMatchObject({ labs: [{ status: 'not deployed', target: { kind: 'aws' } }] });
    expect(code).toBe(1);
  });

  it('adds a lab and removes it again', async () => {
    const deployed = await lab('deploy', '01');
    expect([deployed.code, deployed.stderr]).toEqual([0, expect.stringContaining('Working in AWS account')]);
    const checked = await lab('check', '01');
    expect(checked.stdout).toContain('has no route sendmessage');
    expect(checked.code).toBe(1);
    expect((await lab('destroy', '01', '--yes')).stdout).toContain('is gone from AWS account 111122223333');
    const { StackSummaries = [] } = await new CloudFormationClient(account.client).send(new ListStacksCommand({}));
    const ours = StackSummaries.filter(({ StackName }) => StackName !== 'CDKToolkit');
    expect(ours.map(({ StackStatus }) => StackStatus)).toEqual(['DELETE_COMPLETE']);
  }, 120_000);

  it("keeps a stack that is not the workshop's, whatever its name", async () => {
    const StackName = 'chat-02-lambda-permissions';
    const TemplateBody = JSON.stringify({ Resources: { Log: { Type: 'AWS::Logs::LogGroup' } } });
    const client = new CloudFormationClient(account.client);
    await client.send(new CreateStackCommand({ StackName, TemplateBody }));
    for (const [command, ...args] of [['check'], ['deploy'], ['destroy', '--yes']]) {
      const { code, stdout, stderr } = await lab(command ?? '', '02', ...args);
      const said = (stdout + stderr).replace(/\s+/g, ' ');
      expect([command, code, said]).toEqual([command, 3, expect.stringContaining("doesn't have the tag")]);
    }
  }, 120_000);

  it('gets no stack without the tag', async () => {
    const path = join(workshop.root, 'labs', '01-missing-route', 'stack.ts');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(/^Tags\.of.*$/m, ''));
    const { code, stderr } = await lab('deploy', '01');
    await writeFile(path, text);
    expect([code, stderr]).toEqual([3, expect.stringContaining('without the tag websocket-lab')]);
  }, 60_000);

  it('is not confused with another account', async () => {
    const kept = await readFile(target(), 'utf8');
    await writeFile(target(), kept.replace('111122223333', '999999999999'));
    const { code, stderr } = await lab('deploy', '01');
    await writeFile(target(), kept);
    expect([code, stderr]).toEqual([3, expect.stringContaining('belong to AWS account 111122223333')]);
  });

  it('can also be given by its address', async () => {
    const { accessKeyId, secretAccessKey } = account.identity;
    await writeFile(
      join(folder, 'config'),
      `[default]\nregion = us-east-1\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
    const { stdout, stderr } = await lab('use', 'aws', '--endpoint-url', account.url);
    expect(stdout + stderr).toContain(`AWS account 111122223333 in us-east-1 at ${account.url}`);
    const doctor = await lab('doctor');
    expect(doctor.stdout).toContain('version 33');
    expect(doctor.stdout).toContain("can assume the bootstrap's roles");
    expect(doctor.stdout).toContain('everything the checker needs');
    expect(doctor.stdout).toContain('same as AWS');
    expect(doctor.stdout).not.toContain(accessKeyId);
    expect(doctor.stdout).not.toContain(secretAccessKey);
    expect(doctor.stdout.split('\n').filter((line) => /^[?✗]/.test(line))).toEqual([]);
    expect(doctor.code).toBe(0);
    expect((await lab('use', 'practice')).stdout).toContain('practice account');
    expect((await lab('use')).stdout).toContain('the practice account');
  }, 60_000);
});

describe('lab doctor', () => {
  it('finds problems, and ends with 1', async () => {
    await writeFile(target(), JSON.stringify({ kind: 'aws', account: '1', region: 'us-east-1', profile: 'gone' }));
    const { code, stdout } = await lab('doctor');
    await rm(target());
    expect(stdout).toContain('✗ target');
    expect(stdout.replace(/\s+/g, ' ')).toContain('This machine has no AWS profile named gone.');
    expect(stdout).toContain('1 problem found');
    expect(code).toBe(1);
  });

  it.each<[string, string, string, string]>([
    ['an account of a newer workshop', 'account/identity.json', '{"format":2}', 'has format 2'],
    ['a state that is damaged', 'account/state/000001.log', 'x', 'is damaged'],
    ['a choice that nobody can read', 'target.json', '{', 'names no known account'],
  ])(
    'finds %s, as every other command does',
    async (_, file, text, found) => {
      const path = join(workshop.root, '.lab', file);
      await mkdir(dirname(path), { recursive: true });
      const before = await readFile(path).catch(() => undefined);
      await writeFile(path, text);
      const [doctor, check] = [await lab('doctor'), await lab('check', '01')];
      await (before === undefined ? rm(path) : writeFile(path, before));
      const said = doctor.stdout.replace(/\s+/g, ' ');
      expect([doctor.code, said]).toEqual([1, expect.stringContaining(found)]);
      expect(said).toContain('1 problem found');
      expect([check.code, check.stderr]).toEqual([3, expect.stringContaining(found)]);
    },
    60_000,
  );

  it('prints the minimal policy, and nothing else', async () => {
    const { code, stdout } = await lab('doctor', '--policy');
    expect(JSON.parse(stdout)).toMatchObject({ Version: '2012-10-17' });
    expect(code).toBe(0);
  });
});
