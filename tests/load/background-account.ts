import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { layOutWorkshop, type Workshop } from '../cli/workshop.ts';

/** A practice account as a learner runs it: in the background, in a separate process that can be measured. */
export interface BackgroundAccount {
  readonly workshop: Workshop;
  readonly pid: number;
  readonly port: number;
  /** The options of an SDK client for this account. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** Returns what the account has written to its log. */
  log(): Promise<string>;
  close(): Promise<void>;
}

/** Starts a practice account with `lab sandbox start`, on a free port, in a copy of the workshop. */
export async function startBackgroundAccount(): Promise<BackgroundAccount> {
  const workshop = await layOutWorkshop();
  const started = await workshop.lab('sandbox', 'start', '--port', '0');
  if (started.code !== 0) throw new Error(`The account did not start:\n${started.stdout}${started.stderr}`);
  const account = (name: string) => join(workshop.root, '.lab', 'account', name);
  const { pid, port } = JSON.parse(await readFile(account('owner.json'), 'utf8'));
  const { accessKeyId, secretAccessKey } = JSON.parse(await readFile(account('identity.json'), 'utf8'));
  return {
    workshop,
    pid,
    port,
    client: {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      credentials: { accessKeyId, secretAccessKey },
    },
    log: () => readFile(account('../account.log'), 'utf8').catch(() => ''),
    close: () => workshop.remove(),
  };
}
