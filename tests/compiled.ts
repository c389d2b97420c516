import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';
import { workshopRoot } from '../checker/workshop/root.ts';

const root = workshopRoot();
/** Inside the workshop, where programs find its packages, and not in `node_modules`, which can be a link. */
const folder = join(root, 'dist', 'tests');
const made = new Map<string, Promise<string>>();

/**
 * Compiles a `.ts` file that a test runs as a process of its own, with all that it imports. Returns the path of one
 * JavaScript file. It starts in a fraction of the CPU time that tsx takes to load the account's modules one by one.
 */
export function compiled(program: string): Promise<string> {
  const compiling = made.get(program) ?? compile(program);
  made.set(program, compiling);
  return compiling;
}

async function compile(program: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [program],
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    mainFields: ['module', 'main'],
    // vitest isn't run: what a program shares with tests may import it.
    external: ['classic-level', 'dynalite', 'vitest'],
    banner: {
      js: "import { createRequire as $require } from 'node:module'; const require = $require(import.meta.url);",
    },
    logLevel: 'silent',
  });
  const [{ text = '' } = {}] = outputFiles;
  const path = join(folder, `${relative(root, program).replaceAll(sep, '-')}.mjs`);
  await mkdir(folder, { recursive: true });
  // Another worker may write the same file.
  const written = `${path}-${process.pid}`;
  await writeFile(written, text);
  await rename(written, path);
  return path;
}
