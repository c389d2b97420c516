import { existsSync } from 'node:fs';
import { readFile, realpath, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { LabError, UsageError } from '../../failures/errors.ts';

/**
 * Makes sure that the stacks in a folder of labs can be synthesized there: they are ES modules, find this workshop's
 * packages, and the CDK finds a lock file. Creates missing files, and returns which; never changes existing ones.
 */
export async function prepareOwnLabs(root: string, folder: string): Promise<readonly string[]> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true || !existsSync(join(folder, 'checker', 'labs'))) {
    throw new UsageError(
      `${folder} contains no labs: it has no folder checker/labs.`,
      'A folder of labs has labs/, solutions/ and checker/labs/, like this repository: docs/instructors.md.',
    );
  }
  // Inside of the checkout, everything is found in parent folders.
  const way = relative(await realpath(root), await realpath(folder));
  if (way !== '..' && !way.startsWith(`..${sep}`)) return [];
  const made: string[] = [];
  const settings = above(folder, 'package.json');
  if (settings === undefined) {
    await writeFile(
      join(folder, 'package.json'),
      `${JSON.stringify({ private: true, type: 'module' }, undefined, 2)}\n`,
    );
    made.push('package.json');
  } else if ((JSON.parse(await readFile(settings, 'utf8')) as { type?: string }).type !== 'module') {
    throw new LabError(`${settings} doesn't have "type": "module".`, "The labs' stacks are ES modules: add it there.");
  }
  if (!lockFiles.some((name) => above(folder, name) !== undefined)) {
    await writeFile(join(folder, 'package-lock.json'), '{}\n');
    made.push('package-lock.json');
  }
  if (above(folder, join('node_modules', 'aws-cdk-lib')) === undefined) {
    if (existsSync(join(folder, 'node_modules'))) {
      throw new LabError(
        `${join(folder, 'node_modules')} doesn't contain aws-cdk-lib.`,
        "Install it there, or remove the folder: it is then replaced by a link to this workshop's packages.",
      );
    }
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    made.push("node_modules, a link to this workshop's packages");
  }
  return made;
}

/**
 * The lock files that the CDK accepts:
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda_nodejs-readme.html
 */
const lockFiles = ['package-lock.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb'];

/** The nearest path with that name in a folder or above it. */
function above(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  return dirname(folder) === folder ? undefined : above(dirname(folder), name);
}
