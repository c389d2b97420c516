import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build as bundle } from 'esbuild';

/** The console's page: its program is bundled; the other files are served unchanged. */
const page = join(import.meta.dirname, '..', 'console', 'page');

/** Bundles the console's page into a folder. */
export async function buildConsole(folder) {
  await bundle({
    entryPoints: { console: join(page, 'main.ts') },
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    legalComments: 'none',
    logLevel: 'silent',
  });
  const files = (await readdir(page)).filter((name) => /\.(html|css)$/.test(name));
  for (const name of files) await copyFile(join(page, name), join(folder, name));
}
