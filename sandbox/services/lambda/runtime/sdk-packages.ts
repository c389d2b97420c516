import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../../account/package-root.ts';

/** The scopes of the packages that AWS's Node.js runtime includes. */
export const sdkScopes = ['@aws-sdk', '@smithy'];

/** Returns the real path of the workshop's `node_modules`, which may be a link: a confined process can't follow it. */
export function packagesFolder(): string {
  // The folder may be a link, or each package in it: what a confined function reads must be at its real path.
  return dirname(realpathSync(join(packageRoot(), 'node_modules', '@aws-sdk')));
}

/**
 * Returns the folder in which functions find the SDK. `checker/launch/function-sdk/` creates one for each version of
 * Node.js, in which the packages of the room's functions are already compiled and all others are links. Without it,
 * this is the workshop's own.
 */
export function functionPackages(): string {
  const compiled = join(packageRoot(), 'dist', 'sdk', process.version, 'node_modules');
  return existsSync(compiled) ? realpathSync(compiled) : packagesFolder();
}

let found: readonly string[] | undefined;

/** Returns the folders of the AWS SDK and its dependencies: the packages that a function may read. */
export function sdkFolders(): readonly string[] {
  found ??= find(packagesFolder());
  return found;
}

function find(packages: string): string[] {
  const inScopes = sdkScopes.flatMap((scope) => readdirSync(join(packages, scope)).map((name) => `${scope}/${name}`));
  const names = new Set(inScopes);
  // A set that grows during the iteration: added elements are visited, too.
  for (const name of names) {
    for (const dependency of dependenciesOf(join(packages, name))) names.add(dependency);
  }
  const others = [...names].filter((name) => !sdkScopes.some((scope) => name.startsWith(`${scope}/`)));
  return [...sdkScopes, ...others].flatMap((name) => realFolder(join(packages, name)));
}

function dependenciesOf(folder: string): string[] {
  try {
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>;
    };
    return Object.keys(dependencies);
  } catch {
    return [];
  }
}

/** Empty for a package that is elsewhere, for example nested in another one. */
function realFolder(folder: string): string[] {
  try {
    return [realpathSync(folder)];
  } catch {
    return [];
  }
}
