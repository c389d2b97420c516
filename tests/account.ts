import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type PracticeAccount, type PracticeAccountOptions, startPracticeAccount } from '../sandbox/index.ts';

export interface TestAccount extends PracticeAccount {
  /** The options of an SDK client for this account. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly folder: string;
  /** The account's messages to the person who runs it. */
  readonly said: string[];
}

/** The practice account of a test file, which closes after its last test. */
export async function testAccount(options?: Partial<PracticeAccountOptions>): Promise<TestAccount> {
  const account = await startTestAccount(options);
  afterAll(() => account.close());
  return account;
}

/** A practice account for one test: on a free port, in a folder that is deleted with it. */
export async function startTestAccount(options: Partial<PracticeAccountOptions> = {}): Promise<TestAccount> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'websocket-lab-')));
  const said: string[] = [];
  const account = await startPracticeAccount({
    command: 'a test',
    say: (message) => said.push(message),
    ...options,
    folder,
  });
  const { accessKeyId, secretAccessKey } = account.identity;
  return {
    ...account,
    folder,
    said,
    client: { endpoint: account.url, region: account.region, credentials: { accessKeyId, secretAccessKey } },
    async close() {
      await account.close();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
