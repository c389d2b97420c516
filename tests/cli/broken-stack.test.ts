import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { layOutWorkshop, type Workshop } from './workshop.ts';

let workshop: Workshop;
const stack = () => join(workshop.root, 'labs', '01-missing-route', 'stack.ts');

beforeAll(async () => {
  workshop = await layOutWorkshop();
});
beforeEach(async () => {
  await workshop.lab('reset', '01');
});
afterAll(() => workshop.remove());

/** The lines of the file, to say where something is. */
async function lines(): Promise<number> {
  return (await readFile(stack(), 'utf8')).trimEnd().split('\n').length;
}

describe('a first deployment that fails', () => {
  it('leaves no room, and the reason is shown, also later; the next successful deployment clears it', async () => {
    const shipped = await readFile(stack(), 'utf8');
    const bad = "new CfnRoute(stack, 'Bad', { apiId: api.apiId, routeKey: 'x', target: 'integrations/nope' });";
    const imported = "import { CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';\n";
    await writeFile(stack(), `${imported}${shipped.replace('app.synth', `${bad}\napp.synth`)}`);
    const place = `labs/01-missing-route/stack.ts:${(await readFile(stack(), 'utf8')).split(bad)[0]?.split('\n').length}`;
    const { code, stderr } = await workshop.lab('deploy', '01');
    expect(code).toBe(3);
    expect(stderr).toContain('Invalid Integration identifier specified');
    expect(stderr).toContain(`at ${place}`);
    expect(stderr).toContain('there is no room yet. Repair the cause and deploy again; the CDK deletes the rest');

    const checked = await workshop.lab('check', '01', '--json');
    expect(checked.code).toBe(1);
    const [{ status, remark, next, checks }] = JSON.parse(checked.stdout).labs;
    expect(status).toBe('not deployed');
    expect(remark).toMatch(/never created: .*\/Bad \(AWS::ApiGatewayV2::Route\): Invalid Integration identifier/);
    expect(next).toContain('the CDK deletes the rest of the stack');
    expect(`${checks[0].file}:${checks[0].line}`).toBe(place);

    await writeFile(stack(), shipped);
    expect((await workshop.lab('deploy', '01')).code).toBe(0);
  }, 120_000);
});

describe('lab check while the file cannot be deployed', () => {
  /** The words of a report, whatever the terminal's width. */
  const words = async (...args: string[]) => (await workshop.lab(...args)).stdout.replaceAll(/\s+/g, ' ');

  it.each([
    ['before anything was deployed', false],
    ['after a deployment', true],
  ])(
    '%s: says what is wrong, where, and to fix it first',
    async (_when, isDeployed) => {
      await workshop.lab('destroy', '01', '--yes');
      if (isDeployed) await workshop.lab('deploy', '01');
      await appendFile(stack(), '\nconst = ;\n');
      const report = await words('check', '01');
      expect(report).toContain("Your files can't be deployed as they are. The stack does not compile:");
      expect(report).toContain(`labs/01-missing-route/stack.ts:${await lines()}:7 TS1134`);
      expect(report).toContain('Next: Fix the error in your files first, then `npx lab deploy 01`');
      expect(report).not.toContain('Deploy what you changed');
      expect(await words('hint', '01')).toContain('Fix the error in your files first');
    },
    180_000,
  );
});

describe('lab deploy of a stack that cannot be synthesized', () => {
  it("shows the compiler's error with file and line", async () => {
    await appendFile(stack(), "\nconst wrong: number = 'text';\nthrow new Error(wrong);\n");
    const { code, stderr } = await workshop.lab('deploy', '01');
    expect(code).toBe(3);
    expect(stderr).toMatch(/labs\/01-missing-route\/stack\.ts:\d+:7 TS2322: Type 'string' is not assignable/);
  });

  it('shows a syntax error with file and line', async () => {
    await appendFile(stack(), '\nconst = ;\n');
    const { code, stderr } = await workshop.lab('deploy', '01');
    expect(code).toBe(3);
    expect(stderr).toContain(`labs/01-missing-route/stack.ts:${await lines()}:`);
  });

  it("shows the error it throws, and the learner's line", async () => {
    await appendFile(stack(), "\nthrow new Error('not today');\n");
    const { code, stderr } = await workshop.lab('deploy', '01');
    expect(code).toBe(3);
    expect(stderr).toContain('Error: not today');
    expect(stderr).toContain(`at labs/01-missing-route/stack.ts:${await lines()}`);
    expect(stderr).not.toContain('node_modules');
  });

  it("shows the CDK's error, and the learner's line", async () => {
    await appendFile(stack(), "\nnew LogGroup(stack, 'Connections');\n");
    const { code, stderr } = await workshop.lab('deploy', '01');
    expect(code).toBe(3);
    expect(stderr).toContain("'Connections'");
    expect(stderr).toContain(`at labs/01-missing-route/stack.ts:${await lines()}`);
  });

  it("shows the CDK's message about a function whose file is missing", async () => {
    const text = await readFile(stack(), 'utf8');
    await writeFile(stack(), text.replace("'connect.ts'", "'conect.ts'"));
    const { code, stderr } = await workshop.lab('deploy', '01');
    expect(code).toBe(3);
    expect(stderr).toMatch(/Cannot find entry file at .*conect\.ts/);
  });

  it('deploys one with a type error, and warns with file and line', async () => {
    await appendFile(stack(), "\nconst wrong: number = 'text';\n");
    const { code, stdout, stderr } = await workshop.lab('deploy', '01');
    expect(code).toBe(0);
    expect(stderr).toMatch(/labs\/01-missing-route\/stack\.ts:\d+:7 TS2322: Type 'string' is not assignable/);
    // In a pipe, a stage after the last line would look like a deployment that goes on.
    expect(stdout).not.toContain('checks the types');
  });

  it('shows an error in a handler with file and line, and nothing else', async () => {
    const handler = join(workshop.root, 'app', 'functions', 'send-message.ts');
    const shipped = await readFile(handler, 'utf8');
    await appendFile(handler, 'const = 5;\n');
    const { code, stderr } = await workshop.lab('deploy', '01');
    await writeFile(handler, shipped);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /bundled:\n {2}app\/functions\/send-message\.ts:\d+:7 Expected .*\n {4}const = 5;\nRepair it/,
    );
    expect(stderr).not.toContain('node:internal');
  });

  it('says when it is missing, and how to restore it', async () => {
    await rm(stack());
    const { code, stderr } = await workshop.lab('deploy', '01');
    expect(code).toBe(3);
    expect(stderr).toContain("labs/01-missing-route/stack.ts doesn't exist.\n`npx lab reset 01` restores it.");
  });

  it('says when it does not finish, and Ctrl-C ends it', async () => {
    await appendFile(stack(), '\nwhile (true) {}\n');
    const { saw, child, ended } = workshop.start('deploy', '01');
    expect(await saw('is still running after 30 s')).toContain('Does it have an endless loop?\nPress Ctrl-C to stop.');
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 3, stderr: expect.stringContaining('before anything was deployed') });
  }, 60_000);

  it('says when the stack has lost its name', async () => {
    const text = await readFile(stack(), 'utf8');
    await writeFile(stack(), text.replace("new Stack(app, 'chat-01-missing-route')", "new Stack(app, 'my-chat')"));
    const { code, stderr } = await workshop.lab('deploy', '01');
    expect(code).toBe(3);
    expect(stderr).toContain("doesn't define a stack named chat-01-missing-route");
  });
});
