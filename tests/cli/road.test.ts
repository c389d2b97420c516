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

describe("the learner's path, one command at a time", { timeout: 180_000 }, () => {
  it('has hints before the first deployment, of which --all shows those given', async () => {
    const all = () => workshop.lab('hint', '01', '--all');
    expect(await all()).toMatchObject({ code: 0, stdout: expect.stringContaining('No hint has been given yet') });
    const hint = await workshop.lab('hint', '01');
    expect(hint).toMatchObject({ code: 0, stdout: expect.stringContaining('Hint 1 of ') });
    expect(await all()).toMatchObject({ code: 0, stdout: hint.stdout });
  });

  it('ends with 1 at the start, naming the failed check and a line', async () => {
    expect((await workshop.lab('check', '01')).code).toBe(1);
    const { code, stdout } = await workshop.lab('start', '--once');
    expect(code).toBe(1);
    expect(stdout).toContain('created Connections AWS::DynamoDB::Table');
    expect(stdout).toContain('not fixed');
    expect(stdout).toMatch(/labs\/01-missing-route\/stack\.ts:\d+/);
    expect(stdout).not.toContain('\u001b');
  });

  it('says that a repair was not deployed yet, then deploys it, and ends with 0', async () => {
    await workshop.lab('reset', '01', '--to', 'solution');
    const before = await workshop.lab('check', '01', '--json');
    expect(before.code).toBe(1);
    expect(JSON.parse(before.stdout).labs[0].status).toBe('not deployed yet');

    const deployed = await workshop.lab('deploy', '01');
    expect(deployed).toMatchObject({ code: 0 });
    expect(deployed.stdout).toContain('created Api/sendmessage-Route AWS::ApiGatewayV2::Route');
    expect(deployed.stdout).not.toContain('Connections');
    expect(await workshop.lab('check', '01')).toMatchObject({ code: 0 });
    expect((await workshop.lab('list')).stdout).toMatch(/01-missing-route +fixed/);
  });

  it('deploys nothing if nothing was changed', async () => {
    const { code, stdout } = await workshop.lab('deploy', '01');
    expect(code).toBe(0);
    expect(stdout).toContain('No changes');
  });

  it('says that the lab is fixed, but not with the current files', async () => {
    const text = await readFile(stack(), 'utf8');
    await writeFile(stack(), `${text}\n// One more thought, which makes no other room.\n`);
    expect((await workshop.lab('check', '01')).stdout).not.toContain('older version');
    await writeFile(stack(), text.replace('rateLimit: 50', 'rateLimit: 51'));
    const { code, stdout } = await workshop.lab('check', '01');
    expect(code).toBe(0);
    expect(stdout).toContain('An older version of your files is deployed');
    await writeFile(stack(), text);
  });

  it('makes one of two simultaneous commands wait for the other', async () => {
    const ended = await Promise.all([workshop.lab('check', '01'), workshop.lab('check', '01')]);
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
  });

  it('rolls back a deployment that fails, and says which resource and why', async () => {
    const text = await readFile(stack(), 'utf8');
    await writeFile(
      stack(),
      `${text.replace(
        'app.synth();',
        "new LogGroup(stack, 'Twice', { logGroupName: connectLogName() });\napp.synth();\n",
      )}\nfunction connectLogName(): string {\n  return '/not allowed: * /';\n}\n`,
    );
    const { code, stderr } = await workshop.lab('deploy', '01');
    expect(code).toBe(3);
    expect(stderr).toContain('chat-01-missing-route/Twice/Resource (AWS::Logs::LogGroup)');
    expect(stderr).toMatch(/labs\/01-missing-route\/stack\.ts:\d+/);
    const after = await workshop.lab('check', '01');
    expect(after.stdout.replace(/\s+/g, ' ')).toMatch(
      /The last deployment was rolled back .*→ Next: `npx lab deploy 01`/,
    );
    await writeFile(stack(), text);
    const { stdout, code: reverted } = await workshop.lab('check', '01');
    expect(reverted).toBe(0);
    expect(stdout).not.toContain('The last deployment was rolled back');
  });

  it('destroys what was deployed, but without a terminal not without --yes', async () => {
    const { code: refused, stderr } = await workshop.lab('destroy', '01');
    expect(refused).toBe(2);
    expect(stderr).toContain('`npx lab destroy 01 --yes` deletes without asking.');
    const { code, stdout } = await workshop.lab('destroy', '01', '--yes');
    expect(code).toBe(0);
    expect(stdout).toContain('is gone');
    expect((await workshop.lab('destroy', '01', '--yes')).stdout).toContain('not deployed');
  });
});
