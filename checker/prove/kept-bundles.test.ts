import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { esbuildBinary } from '../synth/esbuild-binary.ts';
import { workshopRoot } from '../workshop/root.ts';
import { keepBundles } from './kept-bundles.ts';

const root = workshopRoot();
const require = createRequire(import.meta.url);
const library = dirname(require.resolve('aws-cdk-lib/package.json'));
const util = require(join(library, 'aws-lambda-nodejs', 'lib', 'util.js')) as {
  exec(command: string, args: readonly string[]): unknown;
};

test('a bundle is built once for copies with the same files, and not kept before the first copy is named', async () => {
  const { exec } = util;
  const built: string[][] = [];
  util.exec = (command, args) => {
    built.push([...args]);
    return exec(command, args);
  };
  onTestFinished(() => {
    util.exec = exec;
  });
  const [one, other] = [await copy('one'), await copy('one')];
  const bundles = keepBundles(root);
  const rehearsed = argumentsFor(join(root, 'app', 'functions', 'answer.ts'), one);
  bundle(rehearsed);
  expect(built).toEqual([rehearsed]);

  for (const folder of [one, other]) {
    bundles.within(folder);
    bundle(argumentsFor(join(folder, 'entry.ts'), folder));
  }
  expect(built).toHaveLength(2);

  await writeFile(join(other, 'part.ts'), "export const part = 'other';");
  bundle(argumentsFor(join(other, 'entry.ts'), other));
  expect(built).toHaveLength(3);
});

async function copy(part: string): Promise<string> {
  // Node.js resolves a stack's path, too: `/tmp` is a link on macOS.
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'websocket-lab-copy-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, '.lab'));
  await writeFile(join(folder, 'entry.ts'), "import { part } from './part.ts';\nconsole.log(part);");
  await writeFile(join(folder, 'part.ts'), `export const part = '${part}';`);
  return folder;
}

function argumentsFor(entry: string, folder: string): string[] {
  return ['--bundle', entry, `--outfile=${join(folder, '.lab', 'index.js')}`];
}

function bundle(args: readonly string[]): void {
  const binary = esbuildBinary(require);
  if (binary === undefined) throw new Error('no esbuild');
  util.exec(binary, args);
}
