import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { exitCode } from '../failures/errors.ts';
import { labs } from '../workshop/labs.ts';
import { workshopRoot } from '../workshop/root.ts';
import { refusalOf } from './refusal.ts';
import { remaining } from './remaining.ts';
import { writeLab } from './write-lab.ts';

// `npm run new-lab -- 12-name`: adds a small working lab, and prints what to change in it manually.

const root = workshopRoot();
const [id] = process.argv.slice(2);
if (id === '--help' || id === '-h') {
  process.stdout.write(
    'Usage: npm run new-lab -- 12-name\n\nAdds a small working lab, and prints what to change in it.\n',
  );
  process.exit(0);
}
const refusal = refusalOf(root, id, labs);
if (id === undefined || refusal !== undefined) {
  process.stderr.write(`${refusal}\n`);
  process.exit(exitCode.usage);
}

for (const path of await writeLab(root, id)) process.stdout.write(`Wrote ${path}.\n`);
// Scripts that derive files from the labs read the registry, so they run in new processes that load the new one.
for (const script of [['docs/write/run.ts'], ['tests/golden/write-hints.ts', id]]) {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', ...script], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${join(...script.slice(0, 1))} failed.`);
}
for (const line of remaining(id)) process.stdout.write(`${line}\n`);
