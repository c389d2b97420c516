import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * Ends what is left of the functions of the account in `folder` from an earlier run: processes whose environment names
 * its code. Only Linux shows the environment of processes without another program.
 */
export function endOrphans(folder: string): void {
  if (process.platform !== 'linux') return;
  const mark = `LAMBDA_TASK_ROOT=${join(folder, 'functions')}${sep}`;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    try {
      const environment = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0');
      if (environment.some((variable) => variable.startsWith(mark))) process.kill(Number(name), 'SIGKILL');
    } catch {
      // It is another user's, or has ended.
    }
  }
}
