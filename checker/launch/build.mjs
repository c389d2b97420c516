import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';
import { buildConsole } from './build-console.mjs';
import { buildSdk } from './function-sdk/build.mjs';
import { asScript, compile, forNode } from './script.mjs';
import { accountCode, compiled, dist } from './stale.mjs';

const root = join(import.meta.dirname, '..', '..');

const day = 24 * 60 * 60 * 1000;

/**
 * Programs that run as their own process: the command line, and its child processes. The account is another, built as a
 * script with its compiled code, because commands wait for its start.
 */
const programs = {
  lab: 'checker/cli/cli.ts',
  spare: 'checker/synth/spare-process.ts',
  cdk: 'checker/deploy/cdk-process.ts',
  prover: 'checker/prove/proving-process.ts',
  synthesis: 'checker/prove/synthesis-process.ts',
  // Not run, but imported by the labs of `lab --labs`, which become part of the same program.
  kit: 'checker/kit.ts',
};

/** These stay packages: native ones, and those that look for files of their own beside themselves. */
const packages = ['aws-cdk', 'aws-cdk-lib', 'classic-level', 'constructs', 'dynalite', 'esbuild', 'tsx', 'typescript'];

/** Node.js reads what is left faster. Names stay, for the stack traces. */
const minified = { minifyWhitespace: true, minifySyntax: true, lineLimit: 120 };

/** How esbuild bundles a program of the workshop. */
export const bundling = {
  absWorkingDir: root,
  ...forNode,
  format: 'esm',
  external: packages.flatMap((name) => [name, `${name}/*`]),
  // For packages in the bundle that use `require`.
  banner: {
    js: "import { createRequire as $require } from 'node:module'; const require = $require(import.meta.url);",
  },
};

/**
 * Bundles the checker, the practice account and the console's page into `dist/`. Several processes can do so at once.
 */
export async function build() {
  const started = new Date();
  // Beside dist, so that it can be renamed into place.
  const folder = await mkdtemp(`${dist}-`);
  try {
    await mkdir(dist, { recursive: true });
    const sdk = buildSdk(root, dist);
    await bundle({
      ...bundling,
      entryPoints: programs,
      outdir: folder,
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
      ...minified,
    });
    await Promise.all([sdk, buildConsole(join(folder, 'console')), buildAccount(folder)]);
    // As old as its sources: a source that was saved during the build is newer.
    await utimes(join(folder, 'lab.js'), started, started);
    await replace(folder);
    // Of no use for the new bundle. It may belong to somebody else, or be in use.
    await rm(compiled, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function buildAccount(folder) {
  const script = join(folder, 'account.js');
  await bundle({
    ...bundling,
    ...asScript,
    ...minified,
    entryPoints: ['checker/aws/account-process.ts'],
    outfile: script,
  });
  await writeFile(join(folder, accountCode), compile(await readFile(script, 'latin1'), join(dist, 'account.js')));
  await copyFile(join(import.meta.dirname, 'run-compiled.cjs'), join(folder, 'account.cjs'));
}

/**
 * Renames the build into place, the command line last. Chunks are named after their content, so programs that run from
 * an earlier bundle still find theirs for another day. A chunk in use has no date; it gets one when it is replaced.
 */
async function replace(folder) {
  const chunks = join(dist, 'chunks');
  await mkdir(chunks, { recursive: true });
  const made = await readdir(join(folder, 'chunks'));
  for (const name of made) {
    await utimes(join(folder, 'chunks', name), 0, 0);
    await rename(join(folder, 'chunks', name), join(chunks, name));
  }
  await mkdir(join(dist, 'console'), { recursive: true });
  for (const name of await readdir(join(folder, 'console')))
    await rename(join(folder, 'console', name), join(dist, 'console', name));
  await dropCompiled(folder);
  const entries = Object.keys(programs).filter((name) => name !== 'lab');
  const scripts = [...entries, 'lab'].map((name) => `${name}.js`);
  for (const name of ['account.js', accountCode, 'account.cjs', ...scripts])
    await rename(join(folder, name), join(dist, name));
  for (const name of await readdir(chunks)) {
    if (made.includes(name)) continue;
    const path = join(chunks, name);
    const replaced = await modified(path);
    const now = new Date();
    if (replaced === 0) await utimes(path, now, now).catch(() => {});
    else if (replaced < now.getTime() - day) await rm(path, { force: true });
  }
}

/**
 * Deletes the account's compiled code, unless the script is the same: V8 compares only its length, and could run that of
 * another script.
 */
async function dropCompiled(folder) {
  const read = (place) => readFile(join(place, 'account.js'), 'utf8').catch(() => '');
  if ((await read(dist)) === (await read(folder))) return;
  for (const name of await readdir(dist)) {
    if (name.startsWith('account.js.')) await rm(join(dist, name), { force: true });
  }
}

async function modified(path) {
  const found = await stat(path).catch(() => undefined);
  return found?.mtimeMs ?? Date.now();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
