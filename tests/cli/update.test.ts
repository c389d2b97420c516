import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { layOutWorkshop, type Workshop } from './workshop.ts';

const run = promisify(execFile);

/** A cloned workshop, and the repository that it was cloned from. */
let workshop: Workshop;
let upstream: string;
let above: string;
const name = 'labs/01-missing-route/stack.ts';
const mine = () => join(workshop.root, name);
const theirs = () => join(upstream, name);

async function git(folder: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.invalid', ...args], {
    cwd: folder,
  });
  return stdout.trim();
}

async function change(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  expect(text).toContain(from);
  await writeFile(file, text.replace(from, to));
}

async function publish(): Promise<void> {
  await git(upstream, 'add', '--all');
  await git(upstream, 'commit', '--quiet', '--message=newer');
}

beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), 'websocket-lab-upstream-'));
  upstream = join(above, 'upstream');
  workshop = await layOutWorkshop();
  await writeFile(join(workshop.root, '.gitignore'), 'node_modules\ndist/\n.lab/\n');
  await git(workshop.root, 'init', '--quiet', '--initial-branch=main');
  await git(workshop.root, 'add', '--all');
  await git(workshop.root, 'commit', '--quiet', '--message=shipped');
  await git(above, 'clone', '--quiet', workshop.root, upstream);
  await git(workshop.root, 'remote', 'add', 'origin', upstream);
  await git(workshop.root, 'fetch', '--quiet', 'origin');
  await git(workshop.root, 'branch', '--set-upstream-to=origin/main');
});
afterEach(async () => {
  await workshop.remove();
  await rm(above, { recursive: true, force: true, maxRetries: 5 });
});

describe('lab update', () => {
  it("installs a newer workshop, and keeps the learner's changes", async () => {
    expect(await workshop.lab('update')).toMatchObject({
      code: 0,
      stdout: 'This is the newest version of the workshop.\n',
    });

    await change(mine(), 'const app = new App();', '// what I added\nconst app = new App();');
    const before = await readFile(mine());
    await change(theirs(), 'rateLimit: 50', 'rateLimit: 40');
    await change(join(upstream, 'package-lock.json'), '{', '{ ');
    await writeFile(join(upstream, 'app', 'web', 'new.js'), '// new\n');
    await publish();

    const { stdout, code } = await workshop.lab('update');
    expect(stdout).toContain(`${name}: the newer version, with your changes`);
    expect(stdout).toContain('npm ci');
    expect(code).toBe(0);
    const both = await readFile(mine(), 'utf8');
    expect(both).toContain('// what I added');
    expect(both).toContain('rateLimit: 40');
    expect(await readFile(join(workshop.root, 'app', 'web', 'new.js'), 'utf8')).toBe('// new\n');
    expect(await git(workshop.root, 'rev-parse', 'HEAD')).toBe(await git(upstream, 'rev-parse', 'HEAD'));

    expect((await workshop.lab('undo')).stdout).toContain('before the update of the workshop');
    expect(await readFile(mine())).toEqual(before);
  }, 120_000);

  it("says where it could not, and keeps the learner's version next to it", async () => {
    await change(mine(), 'rateLimit: 50', 'rateLimit: 30');
    const before = await readFile(mine());
    await rm(join(workshop.root, 'labs/02-lambda-permissions/cdk.json'));
    await writeFile(join(workshop.root, 'labs/02-lambda-permissions/new.ts'), '// mine\n');
    await change(theirs(), 'rateLimit: 50', 'rateLimit: 40');
    await writeFile(join(upstream, 'labs/02-lambda-permissions/new.ts'), '// theirs\n');
    await publish();

    const { stdout, code } = await workshop.lab('update');
    expect(code).toBe(1);
    expect(stdout).toContain(`${name}: the newer version, without your changes`);
    expect(stdout).toContain(`git diff --no-index ${name} ${name}.yours`);
    expect(await readFile(`${mine()}.yours`)).toEqual(before);
    expect(await readFile(mine())).toEqual(await readFile(theirs()));
    expect(stdout).toContain('labs/02-lambda-permissions/cdk.json: your version, unchanged');
    await expect(readFile(join(workshop.root, 'labs/02-lambda-permissions/cdk.json'))).rejects.toThrow('ENOENT');
    const folder = join(workshop.root, 'labs/02-lambda-permissions');
    expect(await readFile(join(folder, 'new.ts'), 'utf8')).toBe('// theirs\n');
    expect(await readFile(join(folder, 'new.ts.yours'), 'utf8')).toBe('// mine\n');
  }, 120_000);

  it('says why it does not, each time in different words, and changes nothing', async () => {
    await change(mine(), 'rateLimit: 50', 'rateLimit: 30');
    const before = await readFile(mine());
    const told = async () => {
      const { code, stderr } = await workshop.lab('update');
      expect(code).toBe(3);
      expect(await readFile(mine())).toEqual(before);
      return stderr;
    };
    await change(theirs(), 'rateLimit: 50', 'rateLimit: 40');
    await publish();

    await change(join(workshop.root, 'app/web/chat.js'), '\n', '\n// mine\n');
    expect(await told()).toContain('You changed app/web/chat.js');
    await git(workshop.root, 'restore', 'app/web/chat.js');

    await git(workshop.root, 'commit', '--quiet', '--allow-empty', '--message=mine');
    expect(await told()).toContain("has 1 commit that origin/main doesn't have");
    await git(workshop.root, 'reset', '--quiet', 'HEAD~1');

    await git(workshop.root, 'remote', 'set-url', 'origin', join(above, 'nowhere'));
    expect(await told()).toContain("can't be reached");
    await git(workshop.root, 'branch', '--unset-upstream');
    expect(await told()).toContain('has no upstream branch');
    await git(workshop.root, 'switch', '--quiet', '--detach');
    expect(await told()).toContain('No branch is checked out');
    await rm(join(workshop.root, '.git'), { recursive: true });
    expect(await told()).toContain("isn't a git checkout");
  }, 180_000);

  it.skipIf(process.platform === 'win32').each([
    ['before git takes it in', 'kill -9 $PPID; sleep 1; exit 1'],
    ['after git took it in', '"$REAL_GIT" "$@"; kill -9 $PPID; sleep 1; exit 1'],
  ])(
    'loses nothing when it is killed %s',
    async (_when, death) => {
      await change(mine(), 'const app = new App();', '// what I added\nconst app = new App();');
      await change(theirs(), 'rateLimit: 50', 'rateLimit: 40');
      await publish();
      const bin = join(above, 'bin');
      await mkdir(bin);
      const script = `#!/bin/sh\ncase " $* " in *" merge "*) ${death};; esac\nexec "$REAL_GIT" "$@"\n`;
      await writeFile(join(bin, 'git'), script);
      await chmod(join(bin, 'git'), 0o755);
      const { stdout: real } = await run('sh', ['-c', 'command -v git']);
      const environment = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}`, REAL_GIT: real.trim() };
      const killed = run(process.execPath, ['checker/launch/lab.mjs', 'update'], {
        cwd: workshop.root,
        env: environment,
      });
      await expect(killed).rejects.toMatchObject({ signal: 'SIGKILL' });
      expect(await readFile(mine(), 'utf8')).not.toContain('// what I added');

      const { stdout, code } = await workshop.lab('update');
      expect(stdout).toMatch(/^(Continuing|Restarting) an interrupted update\./);
      expect(stdout).toContain(`${name}: the newer version, with your changes`);
      expect(code).toBe(0);
      const both = await readFile(mine(), 'utf8');
      expect(both).toContain('// what I added');
      expect(both).toContain('rateLimit: 40');
      expect((await workshop.lab('update')).stdout).toBe('This is the newest version of the workshop.\n');
    },
    120_000,
  );

  it.skipIf(process.platform === 'win32')(
    'says that Ctrl-C ended it, and nothing about git',
    async () => {
      await change(theirs(), 'rateLimit: 50', 'rateLimit: 40');
      await publish();
      const bin = join(above, 'bin');
      await mkdir(bin);
      // In a terminal, git is interrupted too.
      const script =
        '#!/bin/sh\ncase " $* " in *" fetch "*) kill -INT $PPID; sleep 0.2; exit 130;; esac\nexec "$REAL_GIT" "$@"\n';
      await writeFile(join(bin, 'git'), script);
      await chmod(join(bin, 'git'), 0o755);
      const { stdout: real } = await run('sh', ['-c', 'command -v git']);
      const environment = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}`, REAL_GIT: real.trim() };
      const ended = run(process.execPath, ['checker/launch/lab.mjs', 'update'], {
        cwd: workshop.root,
        env: environment,
      });
      await expect(ended).rejects.toMatchObject({
        code: 130,
        stderr: expect.stringMatching(/^Interrupted\. None of your work is lost/),
      });
      expect((await workshop.lab('update')).stdout).toContain('1 change from origin/main merged');
    },
    60_000,
  );
});
