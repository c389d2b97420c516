import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../account/package-root.ts';

/** The scopes of the packages that the Node.js runtime on AWS brings. */
export const sdkScopes = ['@aws-sdk', '@smithy'];

let found: readonly string[] | undefined;

/** Returns the folders of the AWS SDK and of what it depends on: the packages that a function may read. */
export function sdkFolders(): readonly string[] {
  found ??= find(join(packageRoot(), 'node_modules'));
  return found;
}

function find(packages: string): string[] {
  const inScopes = sdkScopes.flatMap((scope) => readdirSync(join(packages, scope)).map((name) => `${scope}/${name}`));
  const names = new Set(inScopes);
  // A set that grows while it is walked through: what is added is reached too.
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

/** Empty for a package that lies elsewhere, as in the folder of the one that needs it. */
function realFolder(folder: string): string[] {
  try {
    return [realpathSync(folder)];
  } catch {
    return [];
  }
}
