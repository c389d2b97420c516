import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whileWatching } from './watching.ts';
import { layOutWorkshop, type Workshop } from './workshop.ts';

let workshop: Workshop;
const stack = () => join(workshop.root, 'labs', '01-missing-route', 'stack.ts');

beforeAll(async () => {
  workshop = await layOutWorkshop();
});
afterAll(() => workshop.remove());

describe('lab reset and lab undo', () => {
  it("restores the learner's file to the byte, and can be undone in turn", async () => {
    const mine = Buffer.from([...(await readFile(stack())), 0xff, 0x0d, 0x0a]);
    await writeFile(stack(), mine);
    const own = join(workshop.root, 'labs', '01-missing-route', 'notes.ts');
    await writeFile(own, '// mine\n');
    const solution = await readFile(join(workshop.root, 'solutions', '01-missing-route', 'stack.ts'));

    expect((await workshop.lab('undo')).stdout).toContain('There is nothing to undo');
    expect(await workshop.lab('undo', '5')).toMatchObject({ code: 2, stdout: '' });
    const reset = await workshop.lab('reset', '01', '--to', 'solution');
    expect(reset.code).toBe(0);
    const stays = "labs/01-missing-route/notes.ts stays: it isn't part of the solution.\n";
    expect(reset.stdout).toContain(stays);
    expect((await workshop.lab('reset', '01', '--to', 'solution')).stdout).toContain(stays);
    expect(await readFile(stack())).toEqual(solution);
    const undone = await workshop.lab('undo');
    expect(undone.code).toBe(0);
    expect(undone.stdout).toContain('Restored the state before the reset of 01-missing-route to the solution:');
    expect(undone.stdout).toContain('again to get back the files as they were just now.');
    expect(await readFile(stack())).toEqual(mine);
    const redone = await workshop.lab('undo');
    expect(redone.code).toBe(0);
    expect(redone.stdout).toMatch(/^Restored the files that the last undo replaced:\n/);
    expect(redone.stdout).toContain('again to get back the files as they were just now.');
    expect(await readFile(stack())).toEqual(solution);
    expect(await readFile(own, 'utf8')).toBe('// mine\n');
  });

  it('says that the account stays as it is, if the lab was deployed', async () => {
    const resetAfterAnEdit = async () => {
      await writeFile(stack(), '// mine\n');
      return (await workshop.lab('reset', '01')).stdout;
    };
    expect(await resetAfterAnEdit()).not.toContain('deployed');
    const notes = join(workshop.root, '.lab', 'deployed');
    await mkdir(notes, { recursive: true });
    await writeFile(join(notes, '01-missing-route.json'), '{}');
    const unchanged = 'The deployment is unchanged until you run `npx lab deploy 01`.';
    expect(await resetAfterAnEdit()).toContain(unchanged);
    await whileWatching(workshop.root, '01-missing-route', async (_pid, goTo) => {
      expect(await resetAfterAnEdit()).not.toContain('deployment');
      await goTo('gameday');
      expect(await resetAfterAnEdit()).toContain(unchanged);
    });
    await rm(notes, { recursive: true });
  });

  it('names several labs as they are, once each', async () => {
    const notes = join(workshop.root, '.lab', 'deployed');
    await mkdir(notes, { recursive: true });
    for (const lab of ['01-missing-route', '02-lambda-permissions']) await writeFile(join(notes, `${lab}.json`), '{}');
    const both = await workshop.lab('reset', '01', '02', '01', '--to', 'solution');
    expect(both.stdout).toContain('until you run `npx lab deploy 01`, `npx lab deploy 02`.');
    const once = await workshop.lab('reset', '01', '01', '--to', 'start');
    expect(once.stdout).toContain('until you run `npx lab deploy 01`.');
    const listed = (await workshop.lab('undo', '--list')).stdout;
    expect(listed).toContain('before the reset of 01-missing-route, 02-lambda-permissions to the solution');
    expect(listed).toContain('before the reset of 01-missing-route to the start');
    await rm(notes, { recursive: true });
    const { stdout } = await workshop.lab('reset', '01', '02');
    expect(stdout).toContain('labs/02-lambda-permissions/stack.ts is now the start.');
    expect((await workshop.lab('reset', '01', '02')).stdout).toContain(
      '01-missing-route, 02-lambda-permissions: nothing to do; this is already the start.',
    );
  });

  it('restores a deleted file, and undoing that deletes it again', async () => {
    await workshop.lab('reset', '01');
    await rm(stack());
    expect((await workshop.lab('reset', '01')).code).toBe(0);
    expect(await readFile(stack(), 'utf8')).toContain('new App()');
    await workshop.lab('undo');
    await expect(readFile(stack())).rejects.toThrow('ENOENT');
    await workshop.lab('undo');
  });

  it('restores every version, however many resets followed', async () => {
    await writeFile(stack(), '// my first\n');
    await workshop.lab('reset', '01');
    await writeFile(stack(), '// my second\n');
    await workshop.lab('reset', '01', '--to', 'solution');
    expect((await workshop.lab('undo')).stdout).toContain('--list');
    expect(await readFile(stack(), 'utf8')).toBe('// my second\n');
    const { stdout } = await workshop.lab('undo', '--list');
    expect(stdout.split('\n')[0]).toContain('before the undo of the reset of 01-missing-route to the solution');
    expect(stdout.split('\n')[1]).toMatch(/^2 .*before the reset of 01-missing-route to the start/);
    expect((await workshop.lab('undo', '2')).code).toBe(0);
    expect(await readFile(stack(), 'utf8')).toBe('// my first\n');
    expect(await workshop.lab('undo', '99')).toMatchObject({ code: 2 });
  });

  it('says when there is nothing to do, even if an editor changed the line endings', async () => {
    await workshop.lab('reset', '01');
    await writeFile(stack(), (await readFile(stack(), 'utf8')).replaceAll('\n', '\r\n'));
    expect((await workshop.lab('diff', '01')).stdout).not.toContain('stack.ts');
    const again = await workshop.lab('reset', '01');
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toContain('already');
  });
});

describe('lab diff', () => {
  it('shows what was changed since the start, and what was added', async () => {
    await workshop.lab('reset', '01');
    await rm(join(workshop.root, 'labs', '01-missing-route', 'notes.ts'), { force: true });
    expect((await workshop.lab('diff')).stdout).toContain('is unchanged');
    await workshop.lab('reset', '01', '--to', 'solution');
    const { stdout, code } = await workshop.lab('diff', '01');
    expect(code).toBe(0);
    expect(stdout).toContain("+api.addRoute('sendmessage'");
    expect(stdout).not.toContain('\u001b');
  });
});

describe('a reader that closes the pipe early', () => {
  it.skipIf(process.platform === 'win32')('affects neither the command nor its exit code', async () => {
    const { child, ended } = workshop.start('check', '01');
    child.stdout?.destroy();
    expect((await ended).code).toBe(1);
  });
});

describe('usage', () => {
  it.each([
    [['dpeloy'], 'deploy'],
    [['sandbox', 'strat'], 'start'],
    [['sandbox', 'run'], '`npx lab help sandbox`'],
    [['help', 'dpeloy'], 'There is no command "dpeloy".'],
    [['check', '02-mising-rout'], '01-missing-route'],
    [['start', '--port', 'high'], 'port'],
    [['reset'], 'Which lab?'],
    [['reset', '--all', '01'], 'not both'],
    [['prove', '01', '--only', 'nosuch'], 'repairs/'],
    [['check', '01', '--junit', 'nowhere/report.xml'], "its folder doesn't exist"],
    [['check', '01', '--html', ''], 'The name of the file to write is empty.'],
    [['grade', '--roster', 'package.json', '--csv', 'nowhere/grades.csv'], "its folder doesn't exist"],
    [['gameday', 'report', '--html', 'labs'], "labs can't be written: it is a folder."],
    [['prove', '01', '--junit', 'labs'], "labs can't be written: it is a folder."],
    [['env', '--shell', 'fish'], 'sh, powershell or cmd'],
  ])('ends with 2 for %j and says what was meant', async (args, said) => {
    const { code, stderr, stdout } = await workshop.lab(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
    expect(stdout).toBe('');
  });

  it('lists the commands when asked for help', async () => {
    const { code, stdout } = await workshop.lab('--help');
    expect(code).toBe(0);
    for (const command of ['start', 'deploy', 'check', 'undo', 'sandbox', 'env']) expect(stdout).toContain(command);
  });

  it('shows where the learner is, and all labs, without an account', async () => {
    expect((await workshop.lab()).stdout).toContain('npm start');
    expect((await workshop.lab('list')).stdout).toContain('01-missing-route');
  });
});

describe('lab env', () => {
  it.each([
    ['sh', "export AWS_ENDPOINT_URL='http://127.0.0.1:4566'", 'unset AWS_PROFILE'],
    ['powershell', "$env:AWS_ENDPOINT_URL = 'http://127.0.0.1:4566'", 'Remove-Item Env:AWS_SESSION_TOKEN'],
    ['cmd', 'set "AWS_ENDPOINT_URL=http://127.0.0.1:4566"', 'set "AWS_PROFILE="'],
  ])('speaks %s', async (shell, sets, clears) => {
    const { code, stdout } = await workshop.lab('env', '--shell', shell);
    expect(code).toBe(0);
    expect(stdout).toContain(sets);
    expect(stdout).toContain(clears);
  });

  it('gives the same keys each time, none of them from the repository', async () => {
    const [once, twice] = [await workshop.lab('env'), await workshop.lab('env')];
    expect(once.stdout).toBe(twice.stdout);
    expect(once.stdout).toMatch(/AWS_SECRET_ACCESS_KEY='.{40}'/);
  });
});
