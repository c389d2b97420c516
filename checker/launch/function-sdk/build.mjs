import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { asScript } from '../script.mjs';

/**
 * The packages that the room's functions import. Node.js takes a tenth of a second to find and compile them, which is
 * most of a function's cold start, so they are bundled and compiled ahead of time.
 */
const bundled = [
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/client-apigatewaymanagementapi',
  '@aws-sdk/lib-dynamodb',
  '@aws-sdk/util-dynamodb',
];

/** The scopes of the packages that AWS's runtime includes. */
const scopes = ['@aws-sdk', '@smithy'];

/**
 * Creates the folder from which functions import the AWS SDK, `dist/sdk/<version of Node.js>/node_modules`: the
 * packages above in one script with its compiled code, which only the same Node.js version can use, and all others as
 * links. Does nothing if it was already built from the same packages.
 */
export async function buildSdk(root, dist) {
  const folder = join(dist, 'sdk', process.version);
  const stamp = await stampOf(root);
  const isMade = async () => (await readFile(join(folder, 'stamp'), 'utf8').catch(() => undefined)) === stamp;
  if (await isMade()) return;
  // Beside it, so that it can be renamed into place.
  await mkdir(join(dist, 'sdk'), { recursive: true });
  const temporary = await mkdtemp(`${folder}-`);
  try {
    const packages = join(temporary, 'node_modules');
    await mkdir(packages);
    await writeScript(root, packages);
    for (const scope of scopes) await linkScope(join(root, 'node_modules', scope), join(packages, scope));
    for (const name of bundled) await writePackage(root, packages, name);
    // Without compiled code, functions start as they would from the packages themselves.
    const compiling = [join(import.meta.dirname, 'compile.mjs'), packages, join(folder, 'node_modules')];
    await promisify(execFile)(process.execPath, compiling).catch(() => {});
    await writeFile(join(temporary, 'stamp'), stamp);
    await chmod(temporary, 0o755);
    // Another process may have been faster.
    if (await isMade()) return;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    await rename(temporary, folder).catch(async (error) => {
      if (!(await isMade())) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Everything that goes into it: the packages, and the files here. */
async function stampOf(root) {
  const hash = createHash('sha256');
  const own = await readdir(import.meta.dirname);
  for (const name of [...own, '../run-compiled.cjs', '../script.mjs'])
    hash.update(await readFile(join(import.meta.dirname, name)));
  hash.update(await readFile(join(root, 'node_modules', '.package-lock.json')).catch(() => ''));
  return hash.digest('hex');
}

/** Writes the script, and what runs it. */
async function writeScript(root, packages) {
  const members = bundled.map((name) => `${JSON.stringify(name)}: () => require(${JSON.stringify(name)})`);
  await build({
    stdin: { contents: `module.exports = { ${members.join(', ')} };`, resolveDir: root },
    ...asScript,
    // Learners log the names of errors.
    keepNames: true,
    outfile: join(packages, 'clients.js'),
  });
  await copyFile(join(import.meta.dirname, '..', 'run-compiled.cjs'), join(packages, 'clients.cjs'));
}

async function linkScope(from, to) {
  await mkdir(to);
  for (const name of await readdir(from)) {
    if (!bundled.includes(`${to.split(/[\\/]/).at(-1)}/${name}`)) await link(join(from, name), join(to, name));
  }
}

/**
 * Writes a package like the SDK's own, except for its main file: `import` reads the names from that file's last line.
 */
async function writePackage(root, packages, name) {
  const folder = join(packages, name);
  const own = join(root, 'node_modules', name);
  const require = createRequire(join(root, 'package.json'));
  const { version } = JSON.parse(await readFile(join(own, 'package.json'), 'utf8'));
  const names = Object.keys(require(name)).filter((exported) => exported !== '__esModule');
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version, main: './index.cjs' }));
  await writeFile(
    join(folder, 'index.cjs'),
    `module.exports = require('../../clients.cjs')['${name}']();\n0 && (module.exports = { ${names.join(', ')} });\n`,
  );
  for (const entry of await readdir(own)) {
    if (/^dist-/.test(entry)) await link(join(own, entry), join(folder, entry));
  }
}

/**
 * Relative, so that a checkout can be moved, and to the real path: `node_modules` can be a link, which a confined function
 * can't follow.
 */
async function link(from, to) {
  return symlink(relative(await realpath(dirname(to)), await realpath(from)), to, 'junction');
}
