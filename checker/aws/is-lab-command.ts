import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Whether a process was started as the account of this checkout, or as a `lab` command: by its path, npm's link or a
 * script. `unknown` is the answer where the system does not tell.
 */
export async function isLabCommand(root: string, pid: number, unknown: boolean): Promise<boolean> {
  const command = await commandLine(pid);
  if (command === '') return unknown;
  const account = join(root, 'dist', 'account.js');
  return command.includes(account) || /(checker[\\/]lab\.mjs|\.bin[\\/]lab)(["'\s]|$)/.test(command);
}

/** What a process was started as; empty where the system does not tell. */
async function commandLine(pid: number): Promise<string> {
  const [program, ...args] =
    process.platform === 'win32'
      ? [
          'powershell',
          '-NoProfile',
          '-Command',
          `(Get-CimInstance Win32_Process -Filter "ProcessId=${pid}").CommandLine`,
        ]
      : ['ps', '-p', String(pid), '-o', 'command='];
  if (program === undefined) return '';
  return promisify(execFile)(program, args, { windowsHide: true }).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
}
