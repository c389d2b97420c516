import { startTestAccount } from '../../account.ts';
import { functionsOf, makeRole } from './functions.ts';

// A separate program: an account with a function that waits, one in the middle of an invocation and one in an endless
// loop; it prints their process ids, and is killed.
const account = await startTestAccount({ folder: process.argv[2] ?? '' });
const functions = functionsOf(account, await makeRole(account));
const code = `exports.handler = async ({ waits, loops }) => {
  if (loops) for (;;);
  if (waits) await new Promise((resolve) => setTimeout(resolve, 60_000));
  return process.pid; };`;
const file = { 'index.js': code };
await functions.create('idle', file);
await functions.create('busy', file, { Timeout: 60 });
await functions.create('loop', file, { Timeout: 60 });
const idle = await functions.invoke('idle');
const busy = await functions.invoke('busy');
const loop = await functions.invoke('loop');
void functions.invoke('busy', { waits: true });
void functions.invoke('loop', { loops: true });
console.log(JSON.stringify([idle.result, busy.result, loop.result]));
