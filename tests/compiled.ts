import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';
import { bundling } from '../checker/launch/build.mjs';
import { workshopRoot } from '../checker/workshop/root.ts';

const root = workshopRoot();
/**
 * Inside the workshop, where programs find its packages, but neither in `node_modules`, which can be a link, nor in
 * `dist`, which other tests copy meanwhile.
 */
const folder = join(root, '.lab', 'tests');
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
    ...bundling,
    entryPoints: [program],
    write: false,
    // What a program shares with tests may import it.
    external: [...bundling.external, 'vitest'],
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
