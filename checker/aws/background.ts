import { spawn } from 'node:child_process';
import { closeSync, fchmodSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../failures/errors.ts';
import { withEnvironment } from './environment.ts';
import type { Weather } from './practice.ts';

/** The account process's report to the process that started it. */
export type AccountReport =
  | { readonly type: 'ready'; readonly port: number }
  | { readonly type: 'port taken' }
  | { readonly type: 'busy' }
  | { readonly type: 'failed'; readonly message: string; readonly next: string };

/** Starts the practice account as a process that outlives this one, and resolves with its first report. */
export async function startInBackground(root: string, port: number, weather?: Weather): Promise<AccountReport> {
  mkdirSync(join(root, '.lab'), { recursive: true });
  // It can contain functions' errors, including people's messages. Not every file system has modes.
  const log = openSync(join(root, '.lab', 'account.log'), 'a', 0o600);
  if (process.platform !== 'win32') fchmodSync(log, 0o600);
  try {
    const args = [String(port), ...(weather === undefined ? [] : [String(weather.seed)])];
    const child = spawn(process.execPath, [join(root, 'dist', 'account.cjs'), ...args], {
      cwd: root,
      // Node.js would read all of these certificates as it starts, and the account never leaves this machine.
      env: withEnvironment({ NODE_EXTRA_CA_CERTS: undefined }),
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log, log, 'ipc'],
    });
    const report = await new Promise<AccountReport>((resolve, reject) => {
      child.once('message', (message) => resolve(message as AccountReport));
      child.once('error', reject);
      child.once('exit', (code, signal) =>
        reject(
          new LabError(
            `The practice account ended before it was ready (${signal ?? `code ${code}`}).`,
            'See the end of .lab/account.log.',
          ),
        ),
      );
    });
    child.removeAllListeners('exit');
    if (child.connected) child.disconnect();
    child.unref();
    return report;
  } finally {
    closeSync(log);
  }
}
