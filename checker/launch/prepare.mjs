import './node-version.mjs';

const { chmod, mkdir, rm, symlink, writeFile } = await import('node:fs/promises');
const { join } = await import('node:path');
const { build } = await import('./build.mjs');

// npm runs this after an installation: it creates the bundle and `npx lab`. npm links the commands of packages, but not
// those of the package itself; without a link, npx would look for a package with that name. package.json has no `bin`:
// with one, npx would install this package into a cache at every call, which takes half a second.

const program = join(import.meta.dirname, 'lab.mjs');
const bin = join(import.meta.dirname, '..', '..', 'node_modules', '.bin');

await build();
await mkdir(bin, { recursive: true });
await chmod(program, 0o755);
if (process.platform === 'win32') {
  await writeFile(join(bin, 'lab.cmd'), '@node "%~dp0\\..\\..\\checker\\launch\\lab.mjs" %*\r\n');
  await writeFile(
    join(bin, 'lab.ps1'),
    '& node "$PSScriptRoot/../../checker/launch/lab.mjs" @args\nexit $LASTEXITCODE\n',
  );
  await writeFile(join(bin, 'lab'), '#!/bin/sh\nexec node "$(dirname "$0")/../../checker/launch/lab.mjs" "$@"\n');
} else {
  const link = join(bin, 'lab');
  await rm(link, { force: true });
  await symlink(join('..', '..', 'checker', 'launch', 'lab.mjs'), link);
}
