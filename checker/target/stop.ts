import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { LabError } from '../errors.ts';
import { until } from '../until.ts';
import { announcedOwner, isOwner, type Owner, tell } from './practice.ts';

/** How long an account that was asked to stop may take: functions under way are ended, the state is closed. */
const patience = 10_000;

/**
 * Ends the lasting practice account, by its process where it does not answer, and resolves with who had it.
 * Undefined where none was running; one that a short command has ends with that command.
 */
export async function stopAccount(root: string): Promise<Owner | undefined> {
  const owner = await announcedOwner(root);
  if (owner === undefined || !owner.lasting || !isAlive(owner.pid)) return undefined;
  if (await isOwner(owner)) {
    await tell(owner, 'POST', 'stop');
    if (await until(() => !isAlive(owner.pid), patience)) return owner;
    // In a container that nobody cleans up after, a process that has ended still counts as one.
    if ((await announcedOwner(root))?.nonce !== owner.nonce) return owner;
  }
  // The number of a process that is gone is given to another one in time: it must be a Node.js program of this workshop.
  if (!(await commandLine(owner.pid)).includes('node')) return undefined;
  process.kill(owner.pid, 'SIGKILL');
  if (await until(() => !isAlive(owner.pid), patience)) return owner;
  throw new LabError(
    `The practice account (process ${owner.pid}) does not end.`,
    'End that process by hand and try again.',
  );
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
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
