import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BuildFailure, Plugin } from 'esbuild';
import { LabError } from '../../failures/errors.ts';
import { writeWhole } from '../../process/write-whole.ts';

/**
 * Loads a `lab.ts` from outside: bundles it, because Node.js 20 can't strip types, and imports it. Its imports from
 * `websocket-lab` are the running program's own. Rejects with a LabError if it can't be read.
 */
export async function importLab(root: string, path: string): Promise<Readonly<Record<string, unknown>>> {
  const { build } = await import('esbuild');
  const bundled = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: 'inline',
    logLevel: 'silent',
    plugins: [fromWorkshop(root)],
  }).catch((error: unknown) => {
    const [first] = (error as Partial<BuildFailure>).errors ?? [];
    if (first === undefined) throw error;
    const { file, line } = first.location ?? {};
    throw unreadable(path, `${first.text}${file === undefined ? '' : ` (${resolve(file)}:${line})`}`, error);
  });
  const text = bundled.outputFiles[0]?.text ?? '';
  // Within the checkout, where its packages are found.
  const file = join(root, '.lab', 'own', `${createHash('sha256').update(text).digest('hex').slice(0, 16)}.mjs`);
  await writeWhole(file, text);
  try {
    return (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw unreadable(path, error instanceof Error ? error.message : String(error), error);
  }
}

/** Excludes this workshop's kit and packages from the bundle. */
function fromWorkshop(root: string): Plugin {
  const kit = { path: pathToFileURL(join(root, 'dist', 'kit.js')).href, external: true };
  return {
    name: 'from the workshop',
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, resolveDir, kind }) => {
        if (kind === 'entry-point') return undefined;
        if (path === 'websocket-lab' || resolve(resolveDir, path) === join(root, 'checker', 'kit.ts')) return kit;
        if (path.startsWith('.') || path.startsWith('/')) return undefined;
        const [scope = '', name = ''] = path.split('/');
        const folder = scope.startsWith('@') ? join(scope, name) : scope;
        const isHere = isBuiltin(path) || existsSync(join(root, 'node_modules', folder));
        return isHere ? { path, external: true } : undefined;
      });
    },
  };
}

function unreadable(path: string, why: string, cause: unknown): LabError {
  return new LabError(`${path} can't be read: ${why}`, 'Fix it, or run `lab` without --labs.', { cause });
}
