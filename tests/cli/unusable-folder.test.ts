import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layOutWorkshop, type Workshop } from './workshop.ts';

let workshop: Workshop;

beforeAll(async () => {
  workshop = await layOutWorkshop();
});
afterAll(() => workshop.remove());

describe('a folder .lab that cannot be used', () => {
  it('may be a file, or contain one, and no command takes it for an empty folder', async () => {
    const folder = join(workshop.root, '.lab');
    await rm(folder, { recursive: true, force: true });
    await writeFile(folder, '');
    for (const args of [['env'], ['list'], ['undo'], ['reset', '01'], ['sandbox', 'reset', '--yes'], ['check', '01']]) {
      const { code, stderr, stdout } = await workshop.lab(...args);
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toBe('.lab is a file, but should be a folder.\nMove it away, and run the command again.\n');
    }
    await rm(folder);
    await mkdir(folder);
    await writeFile(join(folder, 'account'), '');
    const { code, stdout } = await workshop.lab('check', '01', '--json');
    expect(code).toBe(3);
    expect(JSON.parse(stdout).labs[0].checks[0].actual).toBe('.lab/account is a file, but should be a folder.');
    await rm(folder, { recursive: true });
  });

  it.skipIf(process.platform === 'win32')('may be a dangling link, or contain one', async () => {
    const folder = join(workshop.root, '.lab');
    for (const [link, args] of [
      [folder, [['env'], ['list'], ['undo'], ['check', '01'], ['sandbox', 'start']]],
      [join(folder, 'kept'), [['reset', '01', '--to', 'solution'], ['undo']]],
      [join(folder, 'out'), [['deploy', '01']]],
    ] as const) {
      await rm(folder, { recursive: true, force: true });
      await mkdir(join(link, '..'), { recursive: true });
      await symlink('/nowhere/at/all', link);
      const shown = relative(workshop.root, link);
      for (const each of args) {
        const { code, stderr, stdout } = await workshop.lab(...each);
        expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
        expect(stderr).toBe(
          `${shown} is a link to /nowhere/at/all, which doesn't exist.\nCreate that folder or delete the link, and run the command again.\n`,
        );
      }
    }
    await rm(folder, { recursive: true });
    await symlink('/nowhere/at/all', folder);
    const { code, stdout } = await workshop.lab('check', '01', '--json');
    expect(code).toBe(3);
    expect(JSON.parse(stdout).labs[0].checks[0].actual).toContain('.lab is a link to /nowhere/at/all');
    await rm(folder);
  });

  it('may hold damaged progress, which does not prevent checking', async () => {
    const file = join(workshop.root, '.lab', 'progress.json');
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, '{');
    const { code, stderr, stdout } = await workshop.lab('check', '--json');
    await rm(file);
    expect(code).toBe(1);
    expect(stderr).toContain('progress.json is damaged');
    expect(JSON.parse(stdout).labs[0].checks[0]).toMatchObject({ file: 'labs/01-missing-route/stack.ts', line: 13 });
  });

  it('is reported with what to do, and ends with 3', async () => {
    const account = join(workshop.root, '.lab', 'account');
    await mkdir(account, { recursive: true });
    await writeFile(join(account, 'identity.json'), '{"format": 99}');
    const { code, stderr } = await workshop.lab('env');
    expect(code).toBe(3);
    expect(stderr).toContain('format 99');
    expect(stderr).toContain('sandbox reset');
    const checked = await workshop.lab('check', '01', '--json');
    expect(checked.code).toBe(3);
    const { exitCode, labs } = JSON.parse(checked.stdout);
    expect(exitCode).toBe(3);
    expect(labs[0]).toMatchObject({ status: 'broken', target: { kind: 'practice' } });
    expect(labs[0].checks[0].actual).toContain('format 99');
    expect(labs[0].next).toContain('sandbox reset');
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('may be read-only', async () => {
    const folder = join(workshop.root, '.lab');
    await chmod(folder, 0o500);
    const { code, stderr } = await workshop.lab('reset', '01', '--to', 'start');
    await chmod(folder, 0o700);
    expect(code).toBe(3);
    expect(stderr).toContain('.lab');
  });
});
