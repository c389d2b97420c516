import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { layOutWorkshop, type Workshop } from './workshop.ts';

/** Sends whether V8 rejected the program's compiled code. */
const spy = `const vm = require('node:vm');
  vm.Script = class extends vm.Script {
    constructor(...given) { super(...given); process.send({ rejected: this.cachedDataRejected }); }
  };`;

/** Starts the account's process and returns its first two messages. */
async function start({ root, environment }: Workshop): Promise<unknown[]> {
  const hook = join(root, 'spy.cjs');
  await writeFile(hook, spy);
  const child = spawn(process.execPath, ['--require', hook, join(root, 'dist', 'account.cjs'), '0'], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ended = once(child, 'exit');
  const messages: unknown[] = [];
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message) => messages.push(message) === 2 && resolve());
    child.once('exit', () => reject(new Error('The account ended before it was ready.')));
  });
  child.kill();
  await ended;
  return messages;
}

it('the account runs its compiled code, or its source if V8 rejects the code', async () => {
  const workshop = await layOutWorkshop();
  onTestFinished(() => workshop.remove());
  const ready = expect.objectContaining({ type: 'ready' });
  expect(await start(workshop)).toEqual([{ rejected: false }, ready]);
  await writeFile(join(workshop.root, 'dist', `account.js.${process.version}`), 'no compiled code');
  expect(await start(workshop)).toEqual([{ rejected: true }, ready]);
});
