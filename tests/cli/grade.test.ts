import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { layOutWorkshop, type Workshop } from './workshop.ts';

// Attacks of a stranger's folder on the person who grades it.

let workshop: Workshop;
/** The folder to grade, from an unknown author. */
let folder: string;
let roster: string;
/** Listens at one of the stranger's addresses, and answers like an account that agrees with everything. */
let stranger: Server;
let requests: Array<{ readonly path: string; readonly token: string | undefined }> = [];

beforeAll(async () => {
  stranger = createServer(({ url = '', headers }, response) => {
    requests.push({ path: url, token: headers['x-amz-security-token']?.toString() });
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  workshop = await layOutWorkshop();
  // The grader has a profile with its own session.
  const file = join(workshop.root, 'credentials');
  await writeFile(
    file,
    '[teacher]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\naws_session_token = session\nregion = us-east-1\n',
  );
  Object.assign(workshop.environment, { AWS_SHARED_CREDENTIALS_FILE: file, AWS_PROFILE: 'teacher' });
});
afterAll(async () => {
  stranger.close();
  stranger.closeAllConnections();
  await workshop.remove();
});
beforeEach(async () => {
  requests = [];
  folder = join(workshop.root, 'class', 'ada');
  await mkdir(join(folder, '.lab'), { recursive: true });
  roster = join(workshop.root, 'class', 'roster.csv');
  await writeFile(roster, 'name,folder\nAda,ada\n');
});
afterEach(() => rm(join(workshop.root, 'class'), { recursive: true, force: true, maxRetries: 5 }));

const portOf = (server: Server) => (server.address() as AddressInfo).port;
const grade = (...more: string[]) => workshop.lab('grade', '01', '--roster', roster, ...more);

describe('a roster', () => {
  it.each([
    ['folder\nada\n', 'its first line has no column name.'],
    ['name,folder\n,ada\n', 'entry 1 has no name.'],
  ])('that lacks something is wrong usage: %j', async (text, said) => {
    await writeFile(roster, text);
    expect(await grade()).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(said) });
    await writeFile(roster, 'name,folder\nAda,ada\n');
  });
});

describe("before strangers' code runs", () => {
  it('stops without a terminal, and says what it would have done', async () => {
    const { code, stdout, stderr } = await grade();
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.replace(/\s+/g, ' ')).toMatch(/runs the functions .* on this machine.*--yes/);
    expect(await readdir(join(folder, '.lab'))).toEqual([]);
  });

  it('continues with --yes, says so, and leaves the folder as it was', async () => {
    const { code, stdout, stderr } = await grade('--yes');
    expect(stdout).toMatch(/^Ada {2}01-missing-route {2}not deployed$/m);
    expect(stderr.replace(/\s+/g, ' ')).toContain('on this machine');
    expect(code).toBe(0);
    expect(await readdir(folder, { recursive: true })).toEqual(['.lab']);
  });

  it('asks nothing if no folder is graded', async () => {
    await writeFile(roster, 'name,profile,region\nAda,no-such-profile,eu-central-1\n');
    const { code, stdout, stderr } = await grade();
    expect(stdout).toContain('no AWS profile named no-such-profile');
    expect(stderr).not.toContain('on this machine');
    expect(code).toBe(3);
  });
});

describe('a hostile folder', () => {
  it('sees neither the profile nor the address that the grader uses', async () => {
    const endpoint = `http://127.0.0.1:${portOf(stranger)}`;
    const target = { kind: 'aws', account: '111122223333', region: 'us-east-1', profile: 'teacher', endpoint };
    await writeFile(join(folder, '.lab', 'target.json'), JSON.stringify(target));
    await writeFile(join(folder, '.env'), `AWS_ENDPOINT_URL=${endpoint}\n`);
    await writeFile(join(folder, '.npmrc'), `registry=${endpoint}\n`);
    const { stdout, stderr } = await grade('--yes');
    expect(requests).toEqual([]);
    expect(stdout).toMatch(/^Ada {2}01-missing-route {2}not deployed$/m);
    expect(stderr.replace(/\s+/g, ' ')).toContain('Ada’s folder names an AWS account, which is ignored');
  });

  it.each([
    ['a port that agrees to everything', (port: number) => port],
    ['a port that is an address', (port: number) => `1@127.0.0.1:${port}`],
  ])('cannot lead to another account through an owner with %s', async (_what, portFor) => {
    await mkdir(join(folder, '.lab', 'account'));
    const owner = { pid: process.pid, command: 'x', lasting: true, nonce: 'n', port: portFor(portOf(stranger)) };
    await writeFile(join(folder, '.lab', 'account', 'owner.json'), JSON.stringify(owner));
    const { stdout } = await grade('--yes');
    expect(stdout).toMatch(/^Ada {2}01-missing-route {2}not deployed$/m);
    expect(requests.filter(({ path }) => path !== '/_lab/owner')).toEqual([]);
  });

  it.each(['.lab', '.lab/account', '.lab/account/state', '.lab/account/owner.json'])(
    'cannot be another account through a link at %s',
    async (path) => {
      const own = join(workshop.root, 'class', 'grace');
      await mkdir(join(own, '.lab', 'account', 'state'), { recursive: true });
      await writeFile(join(own, '.lab', 'account', 'owner.json'), '{}');
      await rm(join(folder, path), { recursive: true, force: true });
      await mkdir(join(folder, path, '..'), { recursive: true });
      await symlink(join(own, path), join(folder, path));
      const { stdout, code } = await grade('--yes');
      expect(stdout).toContain(`broken            ${path} is a symbolic link`);
      expect(code).toBe(3);
    },
  );

  it("cannot be reached through a learner's link", async () => {
    await rm(folder, { recursive: true });
    await symlink(workshop.root, folder);
    const { stdout, code } = await grade('--yes');
    expect(stdout).toContain('broken            The path of the folder ada contains a symbolic link.');
    expect(code).toBe(3);
    await rm(folder);
  });

  it('is skipped if it is too large', async () => {
    await mkdir(join(folder, '.lab', 'account', 'blobs'), { recursive: true });
    const file = join(folder, '.lab', 'account', 'blobs', 'large');
    await writeFile(file, '');
    await truncate(file, 40 * 1024 ** 3);
    const { stdout, code } = await grade('--yes');
    expect(stdout).toContain('.lab/account is larger than');
    expect(code).toBe(3);
  });

  it.skipIf(process.platform === 'win32')('does not block the grader with a pipe that nobody writes to', async () => {
    await mkdir(join(folder, '.lab', 'account'));
    for (const name of ['owner.json', 'identity.json']) {
      execFileSync('mkfifo', [join(folder, '.lab', 'account', name)]);
    }
    const { stdout } = await grade('--yes');
    expect(stdout).toMatch(/^Ada {2}01-missing-route {2}broken {12}\.lab\/account\/owner\.json is not a file/m);
  });

  it('does not write files elsewhere through its account number', async () => {
    await mkdir(join(folder, '.lab', 'account'));
    const identity = { format: 1, accessKeyId: 'AKIA', secretAccessKey: 's', sealingKey: 'k' };
    await writeFile(
      join(folder, '.lab', 'account', 'identity.json'),
      JSON.stringify({ ...identity, accountId: '../../../../out' }),
    );
    const { stdout } = await grade('--yes');
    expect(stdout).toContain('identity.json is damaged');
  });
});

it('shows control characters in names as escapes', async () => {
  await writeFile(roster, 'name,folder\n"A\u001b]0;x\u0007\nda",ada\n');
  const csv = join(workshop.root, 'class', 'grades.csv');
  const { stdout } = await grade('--yes', '--csv', csv);
  expect(stdout).toContain(String.raw`A\u001b]0;x\u0007\u000ada`);
  expect(await readFile(csv, 'utf8')).not.toContain('\u001b');
});
