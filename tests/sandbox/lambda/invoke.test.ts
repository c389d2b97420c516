import { describe, expect, it } from 'vitest';
import { sharedFunctions } from './functions.ts';

describe('Invoke', () => {
  const functions = sharedFunctions();

  it("returns a CommonJS handler's result, with AWS's context", async () => {
    await functions.create('cjs', {
      'index.js': `exports.handler = async (event, context) => ({
        event, name: context.functionName, arn: context.invokedFunctionArn, memory: context.memoryLimitInMB,
        left: context.getRemainingTimeInMillis(), group: context.logGroupName, id: context.awsRequestId });`,
    });
    const { result, error, version } = await functions.invoke('cjs', { hello: ['wörld'] });
    expect(error).toBeUndefined();
    expect(version).toBe('$LATEST');
    expect(result).toMatchObject({
      event: { hello: ['wörld'] },
      name: 'cjs',
      arn: 'arn:aws:lambda:us-east-1:111122223333:function:cjs',
      memory: '128',
      group: '/aws/lambda/cjs',
    });
    expect((result as { left: number }).left).toBeGreaterThan(2000);
  });

  it('runs an ES module, and nested handlers', async () => {
    await functions.create('esm', {
      'index.mjs': 'export const handler = async () => import.meta.url.split("/").at(-1)',
    });
    expect((await functions.invoke('esm')).result).toBe('index.mjs');
    await functions.create(
      'typed',
      { 'package.json': '{"type":"module"}', 'src/app.js': 'export const on = { event: async () => "nested" }' },
      { Handler: 'src/app.on.event' },
    );
    expect((await functions.invoke('typed')).result).toBe('nested');
  });

  it('serves handlers that take a callback, when the event loop is empty or at once', async () => {
    const code = `let last = 'nothing';
      exports.handler = (event, context, callback) => {
        context.callbackWaitsForEmptyEventLoop = event.waits;
        setTimeout(() => { last = 'timer'; }, 30);
        callback(null, 'called back');
      };
      exports.last = async () => last;
      exports.silent = () => 'not a promise';`;
    await functions.create('callback', { 'index.js': code });
    expect((await functions.invoke('callback', { waits: true })).result).toBe('called back');
    expect((await functions.invoke('callback', { waits: false })).result).toBe('called back');
    await functions.create('silent', { 'index.js': code }, { Handler: 'index.silent' });
    expect((await functions.invoke('silent')).result).toBeNull();
  });

  it('rejects handlers that take a callback from nodejs24.x on', async () => {
    const code = `exports.handler = (event, context, callback) => callback(null, 'called back');
      exports.other = async (event, context) => [typeof context.done, typeof context.succeed, typeof context.fail];`;
    await functions.create('modern', { 'index.js': code }, { Runtime: 'nodejs24.x' });
    const { error, result } = await functions.invoke('modern');
    expect(error).toBe('Unhandled');
    expect(result).toMatchObject({ errorType: 'Runtime.CallbackHandlerDeprecated' });
    await functions.create('other', { 'index.js': code }, { Runtime: 'nodejs24.x', Handler: 'index.other' });
    expect((await functions.invoke('other')).result).toEqual(['undefined', 'undefined', 'undefined']);
  });

  it('awaits what a handler returns from nodejs24.x on, be it a promise or not', async () => {
    const code = `exports.returns = (event) => ({ ...event, seen: true });
      exports.throws = () => { throw new TypeError('at once'); };
      exports.never = () => new Promise(() => {});
      exports.forgets = async () => { Promise.reject(new Error('forgotten')); await new Promise((done) => setTimeout(done, 5000)); };`;
    const answers = async (name: string) => {
      await functions.create(
        `awaited-${name}`,
        { 'index.js': code },
        { Runtime: 'nodejs24.x', Handler: `index.${name}` },
      );
      return functions.invoke(`awaited-${name}`, { a: 1 }, { LogType: 'Tail' });
    };
    expect(await answers('returns')).toMatchObject({ error: undefined, result: { a: 1, seen: true } });
    expect((await answers('throws')).result).toMatchObject({ errorType: 'TypeError', errorMessage: 'at once' });
    expect((await answers('never')).result).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('Runtime exited without providing a reason'),
    });
    const forgets = await answers('forgets');
    expect(forgets.result).toMatchObject({ errorMessage: expect.stringContaining('exit status 1') });
    expect(forgets.log).toContain('Error: forgotten\n    at ');
  });

  it('reports what a handler threw', async () => {
    await functions.create('thrower', {
      'index.js': `class Oops extends Error { constructor(m) { super(m); this.name = 'Oops'; } }
        exports.handler = async ({ text }) => { throw text ? text : new Oops('no luck'); };`,
    });
    const thrown = await functions.invoke('thrower');
    expect(thrown.error).toBe('Unhandled');
    expect(thrown.result).toMatchObject({ errorType: 'Oops', errorMessage: 'no luck' });
    expect((thrown.result as { trace: string[] }).trace[0]).toBe('Oops: no luck');
    expect((await functions.invoke('thrower', { text: 'just text' })).result).toEqual({
      errorType: 'string',
      errorMessage: 'just text',
      trace: [],
    });
  });

  it('ends slow invocations, and serves the next one in a new process', async () => {
    await functions.create(
      'slow',
      {
        'index.js': `exports.handler = async ({ mode }) => {
          if (mode === 'loop') for (;;);
          if (mode === 'wait') await new Promise((resolve) => setTimeout(resolve, 60_000));
          return process.pid; };`,
      },
      { Timeout: 1 },
    );
    const first = await functions.invoke('slow');
    for (const mode of ['loop', 'wait']) {
      const { result, error, log } = await functions.invoke('slow', { mode }, { LogType: 'Tail' });
      expect(error).toBe('Unhandled');
      expect(result).toEqual({
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/),
      });
      expect(log).toContain('Status: timeout');
    }
    expect((await functions.invoke('slow')).result).not.toBe(first.result);
  });

  it('reports a module that never finishes loading', async () => {
    await functions.create('unsettled', {
      'index.mjs': 'await new Promise(() => {}); export const handler = async () => 1;',
    });
    const { result } = await functions.invoke('unsettled');
    expect(result).toMatchObject({ errorMessage: expect.stringContaining('exit status 13') });
  });

  it('reports when a process exits, runs out of memory, or ignores a rejection', async () => {
    await functions.create(
      'ender',
      {
        'index.js': `exports.handler = async ({ mode }) => {
        if (mode === 'exit') process.exit(7);
        if (mode === 'reject') { Promise.reject(new Error('forgotten')); await new Promise(() => setTimeout(() => {}, 5000)); }
        if (mode === 'memory') { const kept = []; for (;;) kept.push(new Array(10_000).fill({})); }
        return 'alive'; };`,
      },
      { Timeout: 20 },
    );
    expect((await functions.invoke('ender', { mode: 'exit' })).result).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Runtime exited with error: exit status 7$/),
    });
    expect((await functions.invoke('ender', { mode: 'reject' })).result).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'Error: forgotten',
    });
    expect((await functions.invoke('ender', { mode: 'memory' })).result).toMatchObject({
      errorType: 'Runtime.OutOfMemory',
      errorMessage: expect.stringContaining('Runtime exited with error: signal: killed'),
    });
    expect((await functions.invoke('ender')).result).toBe('alive');
  });

  it.each([
    ['a handler that is not there', { 'index.js': 'exports.other = 1' }, 'Runtime.HandlerNotFound'],
    ['a file that is not there', { 'other.js': 'exports.handler = 1' }, 'Runtime.ImportModuleError'],
    ['a package that AWS does not bring', { 'index.js': "require('ws')" }, 'Runtime.ImportModuleError'],
    ['the same, as a module', { 'index.mjs': "import 'ws'" }, 'Runtime.ImportModuleError'],
    ['code that is no JavaScript', { 'index.js': 'exports.handler = (' }, 'Runtime.UserCodeSyntaxError'],
    ['code that throws', { 'index.js': "throw new RangeError('at once')" }, 'RangeError'],
  ])('reports %s', async (title, files, errorType) => {
    const name = title.replace(/\W+/g, '-');
    await functions.create(name, files as unknown as Record<string, string>);
    const { error, result } = await functions.invoke(name);
    expect(error).toBe('Unhandled');
    expect(result).toMatchObject({ errorType });
  });

  it('answers DryRun and Event without waiting, and rejects invalid JSON', async () => {
    await functions.create('later', { 'index.js': "exports.handler = async () => console.log('ran later')" });
    expect(await functions.invoke('later', {}, { InvocationType: 'DryRun' })).toMatchObject({ version: '$LATEST' });
    expect((await functions.invoke('later', {}, { InvocationType: 'Event' })).result).toBeUndefined();
    await expect(functions.invoke('later', {}, { Payload: new TextEncoder().encode('{') })).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
    });
    await expect(functions.invoke('nobody')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:111122223333:function:nobody',
    });
  });
});
