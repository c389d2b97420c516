import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { identityOf } from '../sandbox/index.ts';
import { compiled } from '../tests/compiled.ts';
import type { Credentials } from './sign.ts';

/** How a process ended that should have kept running. */
export interface Death {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A practice account in a child process and a temporary folder, which can be killed and restarted. */
export class FuzzedAccount {
  readonly folder: string;
  credentials: Credentials = { accessKeyId: '', secretAccessKey: '' };
  port = 0;
  /** Set while no answer is expected, because the account is being killed. */
  restarting = false;
  /** How the process ended unexpectedly. */
  death: Death | undefined;
  /** Its messages to the person who runs it, the latest last. */
  readonly said: string[] = [];
  #child: ChildProcess | undefined;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async start(): Promise<FuzzedAccount> {
    const account = new FuzzedAccount(await mkdtemp(join(tmpdir(), 'websocket-lab-fuzz-')));
    account.credentials = await identityOf(account.folder);
    await account.#spawn();
    return account;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Kills it like `kill -9`, in the middle of anything. */
  async killAndRestart(): Promise<void> {
    this.restarting = true;
    await this.#end();
    await this.#spawn();
    this.restarting = false;
  }

  async close(): Promise<void> {
    this.restarting = true;
    await this.#end();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Resident memory in megabytes; undefined if the system doesn't report it. */
  async memory(): Promise<number | undefined> {
    const status = await readFile(`/proc/${this.#child?.pid}/status`, 'utf8').catch(() => '');
    const kilobytes = /VmRSS:\s*(\d+)/.exec(status)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  }

  async #end(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  async #spawn(): Promise<void> {
    const child = spawn(
      process.execPath,
      [await compiled(join(import.meta.dirname, 'account-process.ts')), this.folder],
      { stdio: ['pipe', 'pipe', 'pipe'], cwd: join(import.meta.dirname, '..') },
    );
    this.#child = child;
    child.on('exit', (code, signal) => {
      if (!this.restarting) this.death = { code, signal };
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      this.said.push(line);
      if (this.said.length > 2000) this.said.splice(0, 1000);
    });
    const line = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), once(child, 'exit')]);
    this.port = Number(line[0]);
    if (child.exitCode !== null) throw new Error(`The account did not start:\n${this.said.slice(-20).join('\n')}`);
  }
}
