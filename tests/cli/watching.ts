import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Calls `look` while another process watches a lab of this workshop; `goTo` switches it to another one. */
export async function whileWatching(
  root: string,
  lab: string,
  look: (pid: number | undefined, goTo: (lab: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const program = "console.log('here'); setInterval(() => {}, 1000)";
  const other = spawn(process.execPath, ['-e', program, 'checker/launch/lab.mjs'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  // Until it runs, the system may not know its command line yet.
  await once(other.stdout, 'data');
  const goTo = (to: string) => writeFile(join(root, '.lab', 'watching'), JSON.stringify({ pid: other.pid, lab: to }));
  try {
    await mkdir(join(root, '.lab'), { recursive: true });
    await goTo(lab);
    await look(other.pid, goTo);
  } finally {
    other.kill('SIGKILL');
  }
  await once(other, 'exit');
}
