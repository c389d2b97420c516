import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stopAccount } from '../../checker/aws/stop.ts';
import { root } from './pages.ts';

const run = promisify(execFile);

/** Where a page's commands start. */
export interface Place {
  readonly folder: string;
  /** The address that the page's `<this repository>` stands for. */
  readonly repository: string | undefined;
  /** Stops an account that a page left running in the background, and deletes the folder. */
  remove(): Promise<void>;
}

/** Returns a workshop as after `npm ci`, with its labs as shipped, and with this checkout's packages. */
export async function installedWorkshop(): Promise<Place> {
  const folder = await emptyFolder();
  await copyWorkshop(folder);
  await cp(join(root, 'dist'), join(folder, 'dist'), { recursive: true, preserveTimestamps: true });
  const packages = join(folder, 'node_modules');
  await mkdir(join(packages, '.bin'), { recursive: true });
  for (const name of await readdir(join(root, 'node_modules')))
    if (!name.startsWith('.')) await symlink(join(root, 'node_modules', name), join(packages, name), 'junction');
  for (const name of await readdir(join(root, 'node_modules', '.bin')))
    if (name !== 'lab') await symlink(join(root, 'node_modules', '.bin', name), join(packages, '.bin', name));
  await run(process.execPath, ['checker/launch/prepare.mjs'], { cwd: folder });
  await run(process.execPath, ['checker/launch/lab.mjs', 'reset', '--all'], { cwd: folder });
  await rm(join(folder, '.lab'), { recursive: true, force: true });
  return { folder, repository: undefined, remove: () => remove(folder) };
}

/** Returns an empty folder, and a repository with the workshop's current files, committed or not. */
export async function nothingYet(): Promise<Place> {
  const above = await emptyFolder();
  const [folder, repository] = [join(above, 'here'), join(above, 'repository')];
  await mkdir(folder);
  await copyWorkshop(repository);
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=docs', '-c', 'user.email=docs@example.invalid', ...args], { cwd: repository });
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message=The workshop');
  return { folder, repository, remove: () => remove(above, join(folder, 'websocket-lab')) };
}

/** Copies the files that git has or would add, but none that are ignored. */
async function copyWorkshop(to: string): Promise<void> {
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    maxBuffer: 16 * 1024 * 1024,
  });
  for (const path of stdout.split('\0').filter((name) => name !== ''))
    await cp(join(root, path), join(to, path), { preserveTimestamps: true }).catch((error: NodeJS.ErrnoException) => {
      // Deleted since the last commit.
      if (error.code !== 'ENOENT') throw error;
    });
}

async function emptyFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), 'websocket-lab-docs-')));
}

async function remove(folder: string, workshop = folder): Promise<void> {
  await stopAccount(workshop);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
