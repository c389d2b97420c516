import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * Ends processes of this account's functions that are left from an earlier run: those whose environment names the code
 * in `folder`.
 */
export function endOrphans(folder: string): void {
  endAll(`LAMBDA_TASK_ROOT=${join(folder, 'functions')}${sep}`);
}

/** Ends what a function started in its own groups or sessions: their environment names the function's runtime API. */
export function endDetached(runtimeApi: string): void {
  // A process that is just being ended may have started another one.
  for (let attempt = 0; attempt < 3 && endAll(`AWS_LAMBDA_RUNTIME_API=${runtimeApi}`); attempt += 1);
}

/**
 * Ends the processes with a variable that has this prefix, and returns whether there were any. Only Linux shows
 * processes' environments without another program.
 */
function endAll(variable: string): boolean {
  if (process.platform !== 'linux') return false;
  let hasFound = false;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    try {
      const environment = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0');
      if (!environment.some((one) => one.startsWith(variable))) continue;
      process.kill(Number(name), 'SIGKILL');
      hasFound = true;
    } catch {
      // It belongs to another user, or has ended.
    }
  }
  return hasFound;
}
