import { existsSync } from 'node:fs';
import { readFile, realpath, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { LabError, UsageError } from '../../failures/errors.ts';

/**
 * Sees that the stacks of a folder of labs can be synthesized there: they are ES modules, find the packages of this
 * workshop, and the CDK finds a lock file. Makes what is missing, and tells what that was; never changes what is there.
 */
export async function prepareOwnLabs(root: string, folder: string): Promise<readonly string[]> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true || !existsSync(join(folder, 'checker', 'labs'))) {
    throw new UsageError(
      `${folder} holds no labs: it has no folder checker/labs.`,
      'A folder of labs has labs/, solutions/ and checker/labs/, as this repository: docs/instructors.md.',
    );
  }
  // Inside of the checkout everything is found further up.
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
    throw new LabError(
      `${settings} does not say "type": "module".`,
      'The stacks of labs are ES modules: add it there.',
    );
  }
  if (!lockFiles.some((name) => above(folder, name) !== undefined)) {
    await writeFile(join(folder, 'package-lock.json'), '{}\n');
    made.push('package-lock.json');
  }
  if (above(folder, join('node_modules', 'aws-cdk-lib')) === undefined) {
    if (existsSync(join(folder, 'node_modules'))) {
      throw new LabError(
        `${join(folder, 'node_modules')} is without aws-cdk-lib.`,
        'Install it there, or take the folder away: a link to the packages of this workshop takes its place.',
      );
    }
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    made.push('node_modules, a link to the packages of this workshop');
  }
  return made;
}

/** What the CDK takes for a lock file: https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda_nodejs-readme.html */
const lockFiles = ['package-lock.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb'];

/** The nearest path of that name in a folder or above it. */
function above(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  return dirname(folder) === folder ? undefined : above(dirname(folder), name);
}
