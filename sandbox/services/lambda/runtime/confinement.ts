import { realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { packageRoot } from '../../../account/package-root.ts';
import { functionPackages, packagesFolder, sdkFolders } from './sdk-packages.ts';

/** The folders of a function's process. */
export interface Confinement {
  /** Its code. */
  readonly taskRoot: string;
  /** Its own `/tmp`. */
  readonly scratch: string;
  /** Where Node.js keeps its compiled code. */
  readonly compileCache: string;
}

/**
 * Returns Node.js flags that confine a process to its own files, and keep it from starting others: the permission
 * model, which every supported version has (https://nodejs.org/api/permissions.html). It also forbids threads and
 * addons, because neither is confined. Returns no flags if a folder's name can't be passed to them.
 */
export function confinementFlags({ taskRoot, scratch, compileCache }: Confinement): string[] {
  const runtime = join(packageRoot(), 'sandbox', 'services', 'lambda', 'runtime');
  const around = join(taskRoot, '..');
  if ([taskRoot, packageRoot()].some((path) => /[,*]/.test(path))) return [];
  // Of the workshop's packages, only the SDK's.
  const sdk = [functionPackages(), ...sdkFolders()].filter((folder) => folder !== packagesFolder());
  const readable = [
    ...[taskRoot, scratch, compileCache, runtime, join(around, 'node_modules'), ...sdk].map(allWithin),
    join(around, 'package.json'),
  ];
  const writable = [scratch, compileCache].map(allWithin);
  return [
    ...modelFlags(),
    ...onlyOnce(readable).map((path) => `--allow-fs-read=${path}`),
    ...onlyOnce(writable).map((path) => `--allow-fs-write=${path}`),
  ];
}

/** Node.js 20 aborts if a path is repeated. */
function onlyOnce(paths: readonly string[]): string[] {
  return [...new Set(paths.flatMap(bothNames))];
}

function allWithin(folder: string): string {
  return folder + sep + anything;
}

const anything = '*';

/** Node.js compares real paths: the account's folder may be reached through a link, like `/tmp` on macOS. */
function bothNames(path: string): string[] {
  const isFolder = path.endsWith(sep + anything);
  const named = isFolder ? path.slice(0, -2) : path;
  try {
    const real = realpathSync(named);
    return real === named ? [path] : [path, isFolder ? allWithin(real) : real];
  } catch {
    return [path];
  }
}

function modelFlags(): string[] {
  const known = process.allowedNodeEnvironmentFlags;
  // Later versions of Node.js also confine the network.
  const network = known.has('--allow-net') ? ['--allow-net'] : [];
  if (known.has('--permission')) return ['--permission', ...network];
  return ['--experimental-permission', '--disable-warning=ExperimentalWarning'];
}
