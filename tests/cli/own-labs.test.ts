import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layOutOwnLabs, type OwnLabs } from './own-labs.ts';
import { layOutWorkshop, type Workshop } from './workshop.ts';

let workshop: Workshop;
let own: OwnLabs;
const stack = () => join(own.folder, 'labs', '90-own', 'stack.ts');
const lab = (...args: string[]) => workshop.lab('--labs', own.folder, ...args);

beforeAll(async () => {
  workshop = await layOutWorkshop();
  own = await layOutOwnLabs(workshop.root);
});
afterAll(async () => {
  await workshop.remove();
  await own.remove();
});

describe('lab --labs', () => {
  it("lists the folder's labs after the workshop's, and sets up once what the CDK needs there", async () => {
    const { stdout, stderr, code } = await lab('list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/01-missing-route[\s\S]*90-own {2,}.*A lab of our own/);
    expect(stderr).toContain('package.json; package-lock.json; node_modules, a link');
    expect((await lab('list')).stderr).toBe('');
    expect((await workshop.lab('list')).stdout).not.toContain('90-own');
  });

  it('shows where the learner is, as `lab` alone does', async () => {
    const { stdout, code } = await lab();
    expect(code).toBe(0);
    expect(stdout).toMatch(/0 of \d+ labs fixed/);
  });

  it('guides the learner through the lab: deployed, checked, helped, repaired', async () => {
    await workshop.lab('sandbox', 'start', '--port', '0');
    expect(await lab('check', '90')).toMatchObject({ code: 1, stdout: expect.stringContaining('not deployed') });
    expect(await lab('deploy', '90')).toMatchObject({ code: 0 });
    const failed = await lab('check', '90');
    expect(failed).toMatchObject({ code: 1, stdout: expect.stringContaining('The other person got it 0 times.') });
    expect((await lab('hint', '90')).stdout).toContain('One person sends a message, and the other gets nothing.');

    const before = await readFile(stack());
    expect((await lab('reset', '90', '--to', 'solution')).code).toBe(0);
    expect((await lab('diff', '90')).stdout).toContain("+api.addRoute('sendmessage'");
    expect((await lab('deploy', '90')).code).toBe(0);
    expect(await lab('check', '90')).toMatchObject({ code: 0, stdout: expect.stringContaining('fixed') });

    expect((await lab('undo')).code).toBe(0);
    expect(await readFile(stack())).toEqual(before);
    await workshop.lab('sandbox', 'stop');
  }, 180_000);

  it('proves the lab', async () => {
    const { stdout, code } = await lab('prove', '90');
    expect(stdout).toMatch(/✓ start +fails somebody-hears/);
    expect(stdout).toMatch(/✓ solution +fixed/);
    expect(code).toBe(0);
  }, 120_000);

  it('says what is wrong with a lab, and never with a stack trace', async () => {
    const file = join(own.folder, 'checker', 'labs', '90-own', 'lab.ts');
    const whole = await readFile(file, 'utf8');
    const told = async (text: string) => {
      await writeFile(file, text);
      const { stderr, code } = await lab('list');
      expect(code).toBe(3);
      expect(stderr).not.toMatch(/^ {4}at /m);
      return stderr;
    };
    expect(await told('export const lab = 1;')).toContain('no default export');
    expect(await told('export default {')).toContain(`${file} can't be read`);
    expect(await told(whole.replace("id: '90-own'", "id: '91-own'"))).toContain('Its id is "91-own"');
    expect(await told(whole.replace("['somebody-hears']", "['nobody']"))).toContain('nobody');
    expect(await told("import 'no-such-package'; export default {}")).toContain('no-such-package');
    await writeFile(file, whole);
  });

  it('rejects a number that is taken, and a folder without labs', async () => {
    const second = await layOutOwnLabs(workshop.root, '01-ours');
    expect((await workshop.lab('--labs', second.folder, 'list')).stderr).toContain(
      '01-missing-route already has the number 01',
    );
    await rm(join(second.folder, 'checker'), { recursive: true });
    expect(await workshop.lab('--labs', second.folder, 'list')).toMatchObject({ code: 2 });
    await second.remove();
  });
});
