import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { constants, setPriority } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';

/** How many of the compiler's errors to show: the first usually causes the others. */
const errorsShown = 3;

/** Returns the compiler's first errors, indented, and how many more there are. */
export function inLines(errors: readonly string[]): string[] {
  const more = errors.length > errorsShown ? [`  … and ${errors.length - errorsShown} more.`] : [];
  return [...errors.slice(0, errorsShown).map((line) => `  ${line}`), ...more];
}

/**
 * Returns the TypeScript compiler's errors in the lab's files, `labs/…/stack.ts:12:5 …`; tsx itself finds no type
 * errors. In the background, it yields to the deployment, and looks at the room's handlers, too.
 */
export async function compilerErrors(
  root: string,
  labFolder: string,
  signal: AbortSignal,
  inBackground = false,
): Promise<string[]> {
  const settings = join(root, '.lab', 'out', `${basename(labFolder)}.compiler.json`);
  await mkdir(dirname(settings), { recursive: true });
  const from = (path: string) => relative(dirname(settings), path).split(sep).join('/');
  await writeFile(
    settings,
    JSON.stringify({
      extends: from(join(root, 'tsconfig.json')),
      // Unused code isn't a learner's error.
      compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
      // A stack only names its handlers as files. If it fails, the bundler says why.
      include: [labFolder, ...(inBackground ? [join(root, 'app', 'functions')] : [])].map(
        (folder) => `${from(folder)}/**/*.ts`,
      ),
      exclude: [`${from(root)}/**/*.test.ts`],
    }),
  );
  const typescript = createRequire(join(root, 'package.json')).resolve('typescript/package.json');
  const args = [join(dirname(typescript), 'bin', 'tsc'), '--noEmit', '--pretty', 'false', '-p', settings];
  const output = await new Promise<string>((resolve) => {
    const options = { cwd: root, signal, windowsHide: true };
    const child = execFile(process.execPath, args, options, (_error, stdout) => resolve(stdout));
    if (inBackground && child.pid !== undefined) giveWay(child.pid);
  });
  return output
    .split('\n')
    .filter((line) => / error TS\d+: /.test(line))
    .map((line) => line.replace(/^(.+)\((\d+),(\d+)\): error (TS\d+: .*)$/, '$1:$2:$3 $4').trim());
}

function giveWay(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or the system doesn't allow it.
  }
}
