import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Frame } from './frames.ts';
import { FunctionProcess } from './function-process.ts';

/** A file's handler answers, and leaves behind an error that ends its process. */
const handler = `exports.handler = (event, context, callback) => {
  context.callbackWaitsForEmptyEventLoop = false;
  callback(null);
  process.nextTick(() => { throw new Error('left'); });
};`;

it('what a process sent before its end is read, even if its next invocation came too late', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const taskRoot = join(folder, 'functions', 'one');
  const scratch = join(folder, 'scratch');
  for (const path of [taskRoot, scratch]) await mkdir(path, { recursive: true });
  await writeFile(join(taskRoot, 'index.js'), handler);
  const kinds: Frame['kind'][] = [];
  await new Promise<void>((resolve, reject) => {
    const begin = () => child.send('{"requestId":"one"}\n{}');
    const child = new FunctionProcess({
      taskRoot,
      environment: {
        LAMBDA_TASK_ROOT: taskRoot,
        _HANDLER: 'index.handler',
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
      },
      memoryMb: 128,
      settings: { endpoint: 'http://127.0.0.1:1', needsHooks: false, compileCache: scratch, scratch },
      warden: { add: () => {}, remove: () => {} },
      isIdle: () => false,
      onFrame({ kind }) {
        kinds.push(kind);
        if (kind === 'ready') begin();
        if (kind !== 'response') return;
        // The account is busy until the process has ended.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
        begin();
      },
      onEnd: () => resolve(),
      onFault: reject,
    });
  });
  expect(kinds).toEqual(['ready', 'response', 'event', 'stale']);
});
