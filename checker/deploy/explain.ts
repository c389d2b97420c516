import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabError } from '../errors.ts';

/** How many of the compiler's errors are shown: the first is usually what causes the others. */
const errorsShown = 3;

/** A synthesis that failed, in words: the compiler's if it finds something, else what the program threw, with its line. */
export async function explainSynthesis(
  { root, labFolder, output }: { root: string; labFolder: string; output: string },
  signal: AbortSignal,
): Promise<LabError> {
  if (!existsSync(join(labFolder, 'stack.ts'))) {
    return new LabError(
      `${relative(root, labFolder).split(sep).join('/')}/stack.ts is not there.`,
      `\`npx lab reset ${basename(labFolder).split('-')[0]}\` brings it back.`,
    );
  }
  const found = await compilerErrors(root, labFolder, signal);
  if (found.length > 0) {
    const more = found.length > errorsShown ? [`… and ${found.length - errorsShown} more.`] : [];
    return new LabError(
      ['The stack does not compile:', ...found.slice(0, errorsShown).map((line) => `  ${line}`), ...more].join('\n'),
      'Repair that line and deploy again.',
    );
  }
  const bundling = esbuildErrors(output);
  if (bundling !== undefined) {
    return new LabError(`A function of the room could not be bundled:\n${bundling}`, 'Repair it and deploy again.');
  }
  const place = thrownAt(root, labFolder, output);
  return new LabError(
    `The stack compiles, but it ends with an error when it is run:\n  ${thrown(output)}${place === undefined ? '' : `\n  at ${place}`}`,
    `\`npx cdk synth\` in ${relative(root, labFolder).split(sep).join('/')} shows all of it.`,
  );
}

/** What the TypeScript compiler says about the lab's files, `labs/…/stack.ts:12:5 …`; tsx itself finds no type errors. */
async function compilerErrors(root: string, labFolder: string, signal: AbortSignal): Promise<string[]> {
  const settings = join(root, '.lab', 'out', `${basename(labFolder)}.compiler.json`);
  await mkdir(dirname(settings), { recursive: true });
  const from = (path: string) => relative(dirname(settings), path).split(sep).join('/');
  await writeFile(
    settings,
    JSON.stringify({ extends: from(join(root, 'tsconfig.json')), include: [`${from(labFolder)}/**/*.ts`] }),
  );
  const typescript = createRequire(join(root, 'package.json')).resolve('typescript/package.json');
  const args = [join(dirname(typescript), 'bin', 'tsc'), '--noEmit', '--pretty', 'false', '-p', settings];
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: root, signal, windowsHide: true }, (_error, stdout) => resolve(stdout));
  });
  return output
    .split('\n')
    .filter((line) => / error TS\d+: /.test(line))
    .map((line) => line.replace(/^(.+)\((\d+),(\d+)\): error (TS\d+: .*)$/, '$1:$2:$3 $4').trim());
}

/** esbuild tells of each error in a paragraph of its own. */
function esbuildErrors(output: string): string | undefined {
  const [, ...paragraphs] = output.split(/^(?=✘ \[ERROR\] )/m);
  const errors = paragraphs.map((paragraph) => paragraph.split(/^\d+ errors?$/m)[0]?.trimEnd() ?? '');
  return errors.length === 0 ? undefined : errors.slice(0, errorsShown).join('\n');
}

/** The message of what was thrown: the last `SomethingError: …` before a stack, with its further lines. */
function thrown(output: string): string {
  const lines = output.split('\n');
  const first = lines.findIndex((line) => /^(?:Uncaught )?[\w$.]*(?:Error|Exception)\b.*/.test(line));
  if (first === -1) return lines.filter((line) => line.trim() !== '').at(-1) ?? 'It said nothing.';
  const rest = lines.slice(first);
  const end = rest.findIndex((line) => /^\s+at /.test(line));
  return rest
    .slice(0, end === -1 ? 5 : Math.min(end, 5))
    .join('\n  ')
    .trimEnd();
}

/** The nearest frame that is in the learner's folder, `labs/…/stack.ts:12`. */
function thrownAt(root: string, labFolder: string, output: string): string | undefined {
  for (const [, at = '', line] of output.matchAll(/^\s+at .*?\(?((?:file:\/\/)?[^\s()]*\.ts):(\d+):\d+\)?$/gm)) {
    const file = at.startsWith('file:') ? fileURLToPath(at) : at;
    if (file.startsWith(labFolder + sep)) return `${relative(root, file).split(sep).join('/')}:${line}`;
  }
  return undefined;
}
