import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from '../../account.ts';
import { functionsOf, makeRole } from './functions.ts';

let account: TestAccount;
let functions: ReturnType<typeof functionsOf>;

beforeAll(async () => {
  account = await startTestAccount();
  functions = functionsOf(account, await makeRole(account));
});
afterAll(() => account.close());

const logsLater = "setImmediate(() => console.log('the rest'));";

it.each([
  ['an asynchronous handler', `exports.handler = async () => { ${logsLater} };`],
  [
    'a handler with a callback that does not wait',
    `exports.handler = (event, context, callback) => { context.callbackWaitsForEmptyEventLoop = false; callback(null); ${logsLater} };`,
  ],
])('what %s leaves behind goes on with the next invocation', async (title, code) => {
  const name = title.replace(/\W/g, '');
  await functions.create(name, { 'index.js': code });
  const first = await functions.invoke(name, {}, { LogType: 'Tail' });
  const second = await functions.invoke(name, {}, { LogType: 'Tail' });
  expect(first.log).not.toContain('the rest');
  const [, id] = /START RequestId: (\S+)/.exec(second.log) ?? [];
  expect(second.log).toContain(`\t${id}\tINFO\tthe rest`);
});

it('a handler with a callback that waits for its event loop leaves nothing behind', async () => {
  await functions.create('waits', {
    'index.js': `exports.handler = (event, context, callback) => { callback(null); ${logsLater} };`,
  });
  const { log } = await functions.invoke('waits', {}, { LogType: 'Tail' });
  expect(log).toContain('the rest');
});

it('a function that writes to the pipe of its runtime is ended, and told why', async () => {
  await functions.create('writes', {
    'index.js':
      "exports.handler = async () => { require('fs').writeSync(3, 'mine'.repeat(9)); await new Promise(() => {}); };",
  });
  const { error, log } = await functions.invoke('writes', {}, { LogType: 'Tail' });
  expect(error).toBe('Unhandled');
  expect(log).toContain('file descriptor 3, which carries its log and its answers');
});
