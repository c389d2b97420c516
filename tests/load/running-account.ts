import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The practice account of a workshop, which runs in the background. */
export interface RunningAccount {
  readonly pid: number;
  readonly port: number;
  /** The options of an SDK client for this account. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
}

/** Returns the running account of the workshop in this folder. */
export async function runningAccount(root: string): Promise<RunningAccount> {
  const read = async (name: string) => JSON.parse(await readFile(join(root, '.lab', 'account', name), 'utf8'));
  const [{ pid, port }, { accessKeyId, secretAccessKey }] = [await read('owner.json'), await read('identity.json')];
  const client = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
  };
  return { pid, port, client };
}
