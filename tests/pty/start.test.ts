import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { layOutWorkshop, type Workshop } from '../cli/workshop.ts';
import { openTerminal, type Terminal, whyNoTerminal } from './terminal.ts';

const impossible = await whyNoTerminal();
if (impossible !== undefined) console.warn(`The keys of lab start are not tried: ${impossible}`);

/** A round that reached its verdict, with the keys below it. */
const watching = (lab: string) => new RegExp(`s from save to verdict[^]*^Watching labs/${lab} · [?] keys`, 'm');

describe.skipIf(impossible !== undefined)('lab start in a terminal', { timeout: 400_000 }, () => {
  let workshop: Workshop;
  let terminal: Terminal | undefined;
  const stack = () => join(workshop.root, 'labs', '01-missing-route', 'stack.ts');
  const opened = () => join(workshop.root, 'opened');

  beforeAll(async () => {
    workshop = await layOutWorkshop();
    // Opens no real browser: the address is recorded.
    const bin = join(workshop.root, 'bin');
    await mkdir(bin);
    for (const name of ['xdg-open', 'open']) {
      await writeFile(join(bin, name), `#!/bin/sh\nprintf %s "$1" > '${opened()}'\n`);
      await chmod(join(bin, name), 0o755);
    }
  }, 120_000);
  afterEach(() => terminal?.kill());
  afterAll(() => workshop?.remove());

  async function start(columns: number, ...args: string[]): Promise<Terminal> {
    const { root, environment } = workshop;
    const PATH = `${join(root, 'bin')}${delimiter}${environment.PATH}`;
    terminal = await openTerminal({
      args: [join(root, 'checker', 'launch', 'lab.mjs'), 'start', ...args],
      folder: root,
      environment: { ...environment, PATH },
      columns,
    });
    return terminal;
  }

  it('answers every key, deploys saved changes, and goes on to the next lab', async () => {
    const lab = await start(80, '01', '--port', '0');
    const here = () => lab.lines().length - 1;

    // During the first deployment.
    await lab.saw('Deploying labs/01-missing-route/stack.ts');
    lab.press('h');
    await lab.saw('There is no verdict yet. Ask for a hint after the first one.');
    lab.press('o');
    await lab.saw('There is no room yet.');
    expect(lab.lines().join('\n')).not.toContain('Deployed');
    const first = await lab.saw(watching('01-missing-route'));
    expect(first).toContain('✗ Lab 01');

    let from = here();
    lab.press('h');
    const hint = await lab.saw('For the next one', from);
    expect(hint).toMatch(/^Hint 1 of \d$/m);
    lab.press('o');
    const page = await lab.saw(/The chat page: http:\/\/127\.0\.0\.1:\d+\//, from);
    await expect.poll(() => readFile(opened(), 'utf8').catch(() => ''), { timeout: 20_000 }).toMatch(/^http:/);
    expect(page).toContain(await readFile(opened(), 'utf8'));

    // A save that changes nothing that is deployed.
    from = here();
    const shipped = await readFile(stack(), 'utf8');
    await writeFile(stack(), `${shipped}\n// One more thought.\n`);
    const unchanged = await lab.saw(watching('01-missing-route'), from);
    expect(unchanged).toContain('No changes: 01-missing-route is up to date');
    expect(unchanged).not.toContain('the CDK CLI deploys it');

    // Any key but y restores nothing.
    from = here();
    lab.press('r');
    await lab.saw('Press y to reset', from);
    lab.press('x');
    await lab.saw('Nothing was reset.', from);
    expect(await readFile(stack(), 'utf8')).not.toBe(shipped);
    lab.press('r');
    lab.press('y');
    await lab.saw('labs/01-missing-route/stack.ts is now the start.', from);
    await lab.saw(watching('01-missing-route'), from);
    expect(await readFile(stack(), 'utf8')).toBe(shipped);

    const second = await workshop.lab('start', '01');
    expect(second.code).toBe(3);
    expect(second.stderr).toContain(`is already watching this workshop: process ${lab.pid}`);

    // A narrow terminal, from one keypress to the next.
    lab.resize(40);
    from = here();
    lab.press('h');
    await lab.saw('Hint 2', from);
    lab.press('l');
    await lab.saw('02-lambda-permissions', from);
    await lab.saw('03-no-auth', from);
    await writeFile(stack(), await readFile(join(workshop.root, 'solutions', '01-missing-route', 'stack.ts'), 'utf8'));
    const repaired = await lab.saw(watching('01-missing-route'), from);
    expect(repaired).toContain('✓ Lab 01');
    expect(repaired.split('\n').filter((line) => line.length > 40 && line.trim().includes(' '))).toEqual([]);

    from = here();
    lab.press('n');
    const next = await lab.saw('Deploying labs/02-lambda-permissions/stack', from);
    expect(next.replace(/\s+/g, ' ')).toMatch(
      /Lab 02, .*: .* Its task is in labs\/02-lambda-permissions\/README\.md\. Deploying/,
    );
    await lab.saw(/\d+ of \d+/, from);
    lab.press('q');
    await lab.saw('This exits after the current deployment', from);
    expect(await lab.exitCode).toBe(0);
    expect(lab.lines().slice(from).join('\n')).toContain('Deployed 02-lambda-permissions');
  });

  it('notices that the account was lost, continues in a new one, and ends at Ctrl-C', async () => {
    await workshop.lab('sandbox', 'start', '--port', '0');
    const lab = await start(80, '01');
    await lab.saw(watching('01-missing-route'));
    const from = lab.lines().length - 1;
    const owner = await readFile(join(workshop.root, '.lab', 'account', 'owner.json'), 'utf8');
    process.kill((JSON.parse(owner) as { pid: number }).pid, 'SIGKILL');
    await lab.saw('The practice account ended unexpectedly.', from);
    const again = await lab.saw(watching('01-missing-route'), from);
    expect(again).toContain('No changes: 01-missing-route is up to date');
    lab.press('\u0003');
    expect(await lab.exitCode).toBe(0);
  });
});
