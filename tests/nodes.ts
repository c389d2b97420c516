import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

// `npm run test:nodes`: runs `npm test` under each Node.js version that the workshop supports, installed with the
// package `node`. `npm run test:nodes -- 24 tests/cli` runs one version; all arguments after the versions go to vitest.

const supported = ['20', '22', '24'];
const root = join(import.meta.dirname, '..');
const program = process.platform === 'win32' ? 'node.exe' : 'node';
const { npm_execpath: npm } = process.env;
if (npm === undefined) {
  console.error('npm is needed to install and test. Run it as `npm run test:nodes`.');
  process.exit(2);
}

const args = process.argv.slice(2);
const first = args.findIndex((argument) => !/^\d+$/.test(argument));
const named = first === -1 ? args : args.slice(0, first);
const forVitest = first === -1 ? [] : args.slice(first);
const unsupported = named.filter((version) => !supported.includes(version));
if (unsupported.length > 0) {
  console.error(`Node.js ${unsupported.join(', ')} is not supported. Supported: ${supported.join(', ')}.`);
  process.exit(2);
}

const summary: string[] = [];
for (const version of named.length === 0 ? supported : named) {
  const node = installed(version, npm);
  const exact = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  console.log(`\n== Node.js ${exact}`);
  // As `npm ci` does under this version: compiled code is only valid for one.
  execFileSync(node, [join(root, 'checker', 'launch', 'prepare.mjs')], { cwd: root, stdio: 'inherit' });
  const began = performance.now();
  const code = await test(node, npm);
  const outcome = code === 0 ? 'passed' : `failed with exit code ${code}`;
  summary.push(`Node.js ${exact}: ${outcome} in ${Math.round((performance.now() - began) / 1000)} s`);
  if (code !== 0) process.exitCode = 1;
}
console.log(`\n${summary.join('\n')}`);

/** Returns the program of a version, installed in `.lab/nodes`; remove that folder to get newer ones. */
function installed(version: string, npm: string): string {
  const folder = join(root, '.lab', 'nodes', version);
  const node = join(folder, 'bin', program);
  if (existsSync(node)) return node;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, allowScripts: { node: true } }));
  const install = ['install', `node@${version}`, '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync(process.execPath, [npm, ...install], { cwd: folder, stdio: 'inherit' });
  // Outside node_modules: functions of the practice account get the program's folder in their PATH, but no packages.
  renameSync(join(folder, 'node_modules', 'node', 'bin', program), node);
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  return node;
}

/** Runs the tests, and returns their exit code. Programs that look for `node` find this one first. */
function test(node: string, npm: string): Promise<number | null> {
  const PATH = `${join(node, '..')}${delimiter}${process.env.PATH ?? ''}`;
  const child = spawn(node, [npm, 'test', '--', ...forVitest], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code));
  });
}
