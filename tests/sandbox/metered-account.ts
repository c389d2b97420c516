import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { identityOf } from '../../sandbox/index.ts';
import type { TestAccount } from '../account.ts';
import { compiled } from '../compiled.ts';
import { exchange } from './sigv4/exchange.ts';
import { type Forged, type Sent, sign } from './sigv4/sign.ts';

/** A practice account in a separate process, whose event loop is measured. */
export interface MeteredAccount {
  readonly client: TestAccount['client'];
  signed(asked: Asked): Sent;
  call(asked: Asked): ReturnType<typeof exchange>;
  /** Returns the longest time, in milliseconds, that the account's event loop was blocked during some work. */
  longestTurnDuring(work: () => Promise<unknown>): Promise<number>;
  close(): Promise<void>;
}

type Asked = Omit<Forged, 'host' | 'credentials'>;

/** The longest allowed pause, including the time a garbage collection takes. */
export const longestAllowed = 100 + 50;

export async function startMeteredAccount(): Promise<MeteredAccount> {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
  const { accessKeyId, secretAccessKey } = await identityOf(folder);
  const program = await compiled(join(import.meta.dirname, 'execute-api', 'account-process.ts'));
  const meter = pathToFileURL(join(import.meta.dirname, 'longest-turn.mjs')).href;
  const child = spawn(process.execPath, ['--import', meter, program, folder], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [port] = await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), 'line');
  const endpoint = `http://127.0.0.1:${port}`;
  const credentials = { accessKeyId, secretAccessKey };

  async function longestTurn(): Promise<number> {
    const answer = once(child, 'message');
    child.send('longest');
    return (await answer)[0];
  }
  const signed = (asked: Asked) => sign({ host: new URL(endpoint).host, credentials, ...asked });

  return {
    client: { endpoint, region: 'us-east-1', credentials },
    signed,
    call: (asked) => exchange(endpoint, signed(asked)),
    async longestTurnDuring(work) {
      await longestTurn();
      await work();
      return longestTurn();
    },
    async close() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
