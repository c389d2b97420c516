import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layOutWorkshop, type Workshop } from './workshop.ts';

let workshop: Workshop;
const stack = () => join(workshop.root, 'labs', '01-missing-route', 'stack.ts');

beforeAll(async () => {
  workshop = await layOutWorkshop();
});
afterAll(() => workshop.remove());

describe('lab start', { timeout: 180_000 }, () => {
  it('deploys and checks on save, reports a stack that does not compile, and is used by other commands', async () => {
    await workshop.lab('reset', '01');
    const started = workshop.start('start', '01', '--port', '0');
    await started.saw('Watching labs/01-missing-route');
    const all = await started.saw(/The chat page: http:\/\/127\.0\.0\.1:\d+/);
    const [page = ''] = /http:\/\/127\.0\.0\.1:\d+\/(?=\n)/.exec(all.slice(all.indexOf('The chat page'))) ?? [];
    expect((await fetch(page)).status).toBe(200);
    expect((await workshop.lab('sandbox', 'status')).stdout).toContain('chat-01-missing-route');

    const solution = await readFile(join(workshop.root, 'solutions', '01-missing-route', 'stack.ts'), 'utf8');
    await writeFile(stack(), `${solution}\nconst wrong: number = 'text';\nthrow new Error(wrong);\n`);
    await started.saw('TS2322');
    await started.saw('Repair that line and save.');
    await writeFile(stack(), solution);
    await started.saw('The missing route: fixed');
    expect(await workshop.lab('check', '01')).toMatchObject({ code: 0 });

    expect(await workshop.lab('sandbox', 'stop')).toMatchObject({ code: 0 });
    expect(await started.ended).toMatchObject({ code: 0 });
  });

  it.skipIf(process.platform === 'win32')(
    'ends with 3 on Ctrl-C in the middle of a deployment, and describes the state after it',
    async () => {
      await workshop.lab('reset', '01', '--to', 'solution');
      await workshop.lab('destroy', '01', '--yes');
      const started = workshop.start('deploy', '01');
      await started.saw('✓ created');
      started.child.kill('SIGINT');
      const { code, stderr } = await started.ended;
      expect(code).toBe(3);
      expect(stderr).toContain('rolled back');
      const { stdout } = await workshop.lab('check', '01', '--json');
      // Nothing is half done: it had already ended, or it was rolled back.
      const { status, remark } = JSON.parse(stdout).labs[0];
      expect(['not deployed', 'fixed']).toContain(status);
      if (status === 'not deployed') expect(remark).toContain('was interrupted');
    },
  );

  it.skipIf(process.platform === 'win32')('is rolled back after it was killed in the middle, and says so', async () => {
    await workshop.lab('reset', '01', '--to', 'solution');
    await workshop.lab('destroy', '01', '--yes');
    await workshop.lab('sandbox', 'start', '--port', '0');
    const owner = JSON.parse(await readFile(join(workshop.root, '.lab', 'account', 'owner.json'), 'utf8'));
    const started = workshop.start('deploy', '01');
    await started.saw('✓ created');
    process.kill(owner.pid, 'SIGKILL');
    expect((await started.ended).code).not.toBe(0);
    const checked = await workshop.lab('check', '01', '--json');
    const { status } = JSON.parse(checked.stdout).labs[0];
    expect(['not deployed', 'fixed']).toContain(status);
    if (status === 'not deployed') expect(checked.stderr).toContain('chat-01-missing-route');
    expect(await workshop.lab('deploy', '01')).toMatchObject({ code: 0 });
  });

  it('ends when nobody reads its output anymore, as with `head`', async () => {
    const started = workshop.start('start', '01', '--port', '0');
    await started.saw('Deploying labs/01-missing-route/stack.ts');
    started.child.stdout?.destroy();
    expect(await started.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('finds its port taken and says so', async () => {
    const first = workshop.start('start', '01', '--port', '0');
    await first.saw(/You're working in the practice account at/);
    const all = await first.saw('http://127.0.0.1:');
    const [, port = ''] = /practice account at http:\/\/127\.0\.0\.1:(\d+)/.exec(all) ?? [];
    const other = await layOutWorkshop();
    try {
      const second = await other.lab('start', '--port', port);
      expect(second.code).toBe(3);
      expect(second.stderr).toContain(`Port ${port} is taken by the practice account of another copy of the workshop.`);
    } finally {
      await other.remove();
    }
    await first.saw('Watching labs/');
    first.child.kill('SIGINT');
    expect((await first.ended).code).toBe(0);
  });
});
