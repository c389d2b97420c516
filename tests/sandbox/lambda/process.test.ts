import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestAccount } from '../../account.ts';
import { compiled } from '../../compiled.ts';
import { functionsOf, makeRole, sharedFunctions } from './functions.ts';

const whoAmI = 'new STSClient({}).send(new GetCallerIdentityCommand({}))';

it('answers and continues if its log cannot be written, which is reported once', async () => {
  const account = await startTestAccount();
  onTestFinished(() => account.close());
  const functions = functionsOf(account, await makeRole(account));
  await rm(join(account.folder, 'logs'), { recursive: true, force: true });
  await writeFile(join(account.folder, 'logs'), 'no folder');
  await functions.create('talker', {
    'index.js': "exports.handler = async () => { for (let n = 0; n < 50; n += 1) console.log(n); return 'done'; };",
  });
  expect((await functions.invoke('talker')).result).toBe('done');
  const { result, log } = await functions.invoke('talker', {}, { LogType: 'Tail' });
  expect(result).toBe('done');
  expect(log).toMatch(/49\nEND/);
  expect(account.said).toEqual([expect.stringMatching(/^Log events couldn't be written/)]);
});

describe("a function's process", () => {
  const functions = sharedFunctions();

  it.each([
    [
      'CommonJS',
      'index.js',
      `const { STSClient, GetCallerIdentityCommand } = require('@aws-sdk/client-sts'); exports.handler`,
    ],
    [
      'an ES module',
      'index.mjs',
      `import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts'; export const handler`,
    ],
  ])('reaches the account as its role, by the addresses of AWS, from %s', async (title, file, start) => {
    const name = title.replace(/\W/g, '');
    await functions.create(name, { [file]: `${start} = async () => (await ${whoAmI}).Arn;` });
    const { result } = await functions.invoke(name);
    expect(result).toBe(`arn:aws:sts::111122223333:assumed-role/function-role/${name}`);
  });

  it('reaches the account through fetch and through https.get', async () => {
    await functions.create('plain', {
      'index.mjs': `import https, { get } from 'node:https';
        export const handler = async () => {
          const url = 'https://sts.us-east-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15';
          const fetched = await fetch(url);
          const posted = await fetch(new Request(url, { method: 'POST', body: 'x' }));
          const got = await new Promise((resolve, reject) =>
            get(url, (response) => resolve(response.resume().statusCode)).on('error', reject));
          const asked = await new Promise((resolve, reject) => https.request(
            { host: 'sts.us-east-1.amazonaws.com', path: '/', method: 'POST' },
            (response) => resolve(response.resume().statusCode)).on('error', reject).end());
          return [fetched.status, posted.status, got, asked];
        };`,
    });
    const { result, error } = await functions.invoke('plain');
    expect(error).toBeUndefined();
    expect(result).toEqual([403, 400, 403, 400]);
  });

  it('has nothing from the environment of the person running the account', async () => {
    process.env.LEARNERS_SECRET = 'nobody should see this';
    await functions.create(
      'environment',
      {
        'index.js':
          'exports.handler = async () => ({ env: process.env, argv: process.argv.length, cwd: process.cwd(), main: typeof require.main })',
      },
      { Environment: { Variables: { TABLE: 'chat', ENDPOINT: 'ws://practice-account.invalid/x' } } },
    );
    const { env, argv, cwd, main } = (await functions.invoke('environment')).result as {
      env: Record<string, string>;
      argv: number;
      cwd: string;
      main: string;
    };
    delete process.env.LEARNERS_SECRET;
    expect(env).not.toHaveProperty('LEARNERS_SECRET');
    expect(env.PATH?.split(delimiter)[0]).toBe(dirname(process.execPath));
    expect(env.PATH).not.toMatch(/node_modules[\\/]\.bin/);
    expect(env).not.toHaveProperty('NODE_OPTIONS');
    expect(env).toMatchObject({
      TABLE: 'chat',
      ENDPOINT: `ws://127.0.0.1:${functions.account().port}/x`,
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'environment',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
      TZ: 'UTC',
    });
    expect(
      Object.keys(env).filter((name) => !/^(_|AWS_|LAMBDA_|LANG$|TZ$|PATH$|HOME$|TABLE$|ENDPOINT$)/.test(name)),
    ).toEqual([]);
    expect(argv).toBe(2);
    expect(main).toBe('undefined');
    expect(cwd).toBe(env.LAMBDA_TASK_ROOT);
  });

  it('is logged as on AWS, and its output can be read as soon as it has answered', async () => {
    await functions.create('logger', {
      'index.js': `exports.handler = async () => {
        console.log('hello', { a: 1 }); console.error('two\\nlines'); process.stdout.write('raw one\\nraw two\\n'); return 1; };`,
    });
    const { log } = await functions.invoke('logger', {}, { LogType: 'Tail' });
    const logs = new CloudWatchLogsClient(functions.account().client);
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/logger' }));
    const messages = events.map(({ message }) => message ?? '');
    const id = '[0-9a-f-]{36}';
    const expected = [
      `^START RequestId: ${id} Version: \\$LATEST$`,
      `^\\d{4}-\\S+Z\\t${id}\\tINFO\\thello { a: 1 }$`,
      `^\\d{4}-\\S+Z\\t${id}\\tERROR\\ttwo\\nlines$`,
      '^raw one$',
      '^raw two$',
      `^END RequestId: ${id}$`,
      `^REPORT RequestId: ${id}\\tDuration: [\\d.]+ ms\\tBilled Duration: \\d+ ms\\tMemory Size: 128 MB\\tMax Memory Used: \\d+ MB\\tInit Duration: [\\d.]+ ms\\t$`,
    ];
    expect(messages).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(messages[index]).toMatch(new RegExp(pattern));
    expect(events[0]?.logStreamName).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
    expect(log).toBe(messages.map((message) => `${message}\n`).join(''));
  });

  it('logs the enumerable members of an error, and of errors in them, but neither its cause nor its errors', async () => {
    const code = `exports.handler = async (kind) => {
      const first = Object.assign(new TypeError('inside'), { code: 7 });
      if (kind === 'circular') throw Object.assign(new Error('round'), { first, self: first, of: Object.assign(first, { first }) });
      const error = kind === 'collective' ? new AggregateError([first], 'many') : new Error('outside', { cause: first });
      throw kind === 'nested' ? Object.assign(error, { reasons: [first] }) : error;
    };`;
    await functions.create('members', { 'index.js': code });
    const logged = async (kind: string) => {
      const { log } = await functions.invoke('members', kind, { LogType: 'Tail' });
      return JSON.parse(/Invoke Error \t(\{.*\})/.exec(log)?.[1] ?? '{}');
    };
    const inside = { errorType: 'TypeError', errorMessage: 'inside', code: 7, stack: expect.any(Array) };
    const stack = expect.any(Array);
    expect(await logged('nested')).toEqual({ errorType: 'Error', errorMessage: 'outside', reasons: [inside], stack });
    expect(await logged('caused')).toEqual({ errorType: 'Error', errorMessage: 'outside', stack });
    expect(await logged('collective')).toEqual({ errorType: 'AggregateError', errorMessage: 'many', stack });
    expect(await logged('circular')).toEqual({ errorType: 'Error', errorMessage: 'round', stack });
  });

  it('is logged in JSON if the function is configured that way', async () => {
    await functions.create(
      'structured',
      {
        'index.js':
          "exports.handler = async () => { console.debug('no'); console.info({ a: 1 }); console.fatal('Because', new TypeError('y')); throw new Error('x'); }",
      },
      { LoggingConfig: { LogFormat: 'JSON', LogGroup: '/my/group', ApplicationLogLevel: 'INFO' } },
    );
    await functions.invoke('structured');
    const logs = new CloudWatchLogsClient(functions.account().client);
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/my/group' }));
    expect(events.map(({ message }) => JSON.parse(message ?? ''))).toMatchObject([
      { type: 'platform.start' },
      { level: 'INFO', message: { a: 1 } },
      {
        level: 'FATAL',
        message: expect.stringContaining('Because TypeError: y'),
        errorType: 'TypeError',
        errorMessage: 'y',
        stackTrace: expect.arrayContaining(['TypeError: y']),
      },
      { level: 'ERROR', message: { errorType: 'Error', errorMessage: 'x', stackTrace: expect.any(Array) } },
      { type: 'platform.report' },
    ]);
    // A group that is not the function's own can be of several functions.
    expect(events[0]?.logStreamName).toMatch(/^\d{4}\/\d\d\/\d\d\/structured\[\$LATEST\][0-9a-f]{32}$/);
  });

  it('ends when the account is killed, even during an invocation or an endless loop', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
    const script = await compiled(fileURLToPath(new URL('./killed-account.ts', import.meta.url)));
    const child = spawn(process.execPath, [script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    for await (const chunk of child.stdout) {
      output += chunk;
      if (output.includes('\n')) break;
    }
    const pids = JSON.parse(output) as number[];
    expect(pids.map(isAlive)).toEqual([true, true, true]);
    child.kill('SIGKILL');
    const deadline = Date.now() + 10_000;
    while (pids.some(isAlive) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(pids.map(isAlive)).toEqual([false, false, false]);
    await rm(folder, { recursive: true, force: true });
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
