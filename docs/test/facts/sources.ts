import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../pages.ts';

/** A file of the checkout: its path with `/`, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const FOLDERS = ['.ci', '.github', 'app', 'bench', 'checker', 'docs', 'fuzz', 'labs', 'sandbox', 'solutions', 'tests'];

/** Folders of generated or installed files. */
const MADE = /(?:^|\/)(?:node_modules|cdk\.out|dist|cache)(?:\/|$)/;

let read: Promise<readonly Source[]> | undefined;

/** Returns the programs of the checkout, without its pages and tests. */
export function sources(): Promise<readonly Source[]> {
  read ??= readSources();
  return read;
}

async function readSources(): Promise<Source[]> {
  const paths = ['package.json'];
  for (const folder of FOLDERS)
    for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/');
      if (entry.isFile() && isSource(path)) paths.push(path);
    }
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })));
}

function isSource(path: string): boolean {
  if (MADE.test(path) || /^(?:docs\/test|tests\/golden)\//.test(path)) return false;
  return /(?<!\.test)\.(?:ts|mjs|js|json|html|css|yml|patch)$/.test(path) || path === '.ci/run';
}
