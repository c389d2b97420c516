import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

let found: string | undefined;

/**
 * Returns the workshop's own folder: the nearest parent of this module whose package.json is named `websocket-lab`. It
 * is searched, once, because the module may run from `sandbox/` or bundled from `dist/`.
 */
export function packageRoot(): string {
  found ??= search(import.meta.dirname);
  return found;
}

function search(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && nameIn(manifest) === 'websocket-lab') return folder;
    if (folder === dirname(folder)) throw new Error(`There is no websocket-lab package around ${from}.`);
  }
}

function nameIn(manifest: string): unknown {
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: unknown }).name;
}
