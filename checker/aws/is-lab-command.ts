import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Returns whether a process was started as this checkout's account, or as a `lab` command: by its path, npm's link or a
 * script. `unknown` if the system doesn't say.
 */
export async function isLabCommand(root: string, pid: number, unknown: boolean): Promise<boolean> {
  const command = await commandLine(pid);
  if (command === '') return unknown;
  // Before December 2026, it was `account.js`.
  const account = join(root, 'dist', 'account.');
  return command.includes(account) || /(checker[\\/]launch[\\/]lab\.mjs|\.bin[\\/]lab)(["'\s]|$)/.test(command);
}

/** Returns the command line of a process; empty if the system doesn't say. */
async function commandLine(pid: number): Promise<string> {
  const [program, ...args] =
    process.platform === 'win32'
      ? [
          'powershell',
          '-NoProfile',
          '-Command',
          `(Get-CimInstance Win32_Process -Filter "ProcessId=${pid}").CommandLine`,
        ]
      : // The whole line: `ps` cuts it to COLUMNS, which some shells export.
        ['ps', '-ww', '-p', String(pid), '-o', 'command='];
  if (program === undefined) return '';
  return promisify(execFile)(program, args, { windowsHide: true }).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
}
