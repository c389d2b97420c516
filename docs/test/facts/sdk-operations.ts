import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../pages.ts';

/** What the installed SDK clients can call: `PutItem` of `client-dynamodb`. */
export async function sdkOperations(): Promise<Map<string, readonly string[]>> {
  const clients = join(root, 'node_modules', '@aws-sdk');
  const operations = new Map<string, readonly string[]>();
  for (const client of (await readdir(clients)).filter((name) => name.startsWith('client-'))) {
    const files = await readdir(join(clients, client, 'dist-types', 'commands'));
    operations.set(
      client,
      files.map((name) => name.replace(/Command\.d\.ts$/, '')),
    );
  }
  return operations;
}
