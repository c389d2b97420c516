import { existsSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabError } from '../failures/errors.ts';
import { missingPackage } from '../failures/missing-packages.ts';
import { gameDayId } from '../workshop/game-day-folder.ts';
import { shownPath } from '../workshop/own-labs/home.ts';
import { compilerErrors, inLines } from './compiler.ts';

/** How many of esbuild's errors to show: the first usually causes the others. */
const errorsShown = 3;

export interface FailedSynthesis {
  readonly root: string;
  readonly labFolder: string;
  /** Whether saving deploys automatically. */
  readonly isWatched?: boolean;
  /** The program's output and exit code. */
  readonly output: string;
  readonly code: number | undefined;
}

/**
 * Explains a failed synthesis: with the compiler's errors if there are any, otherwise with what the program threw, and
 * its line.
 */
export async function explainSynthesis(
  { root, labFolder, isWatched = false, output, code }: FailedSynthesis,
  signal: AbortSignal,
): Promise<LabError> {
  if (!existsSync(join(labFolder, 'stack.ts'))) {
    const lab = basename(labFolder);
    return new LabError(
      `${shownPath(root, labFolder)}/stack.ts doesn't exist.`,
      lab === gameDayId
        ? 'Press Ctrl-C and run `npx lab gameday`, which restores it.'
        : `\`npx lab reset ${lab.split('-')[0]}\` restores it.`,
    );
  }
  const uninstalled = missingPackage(root, output);
  if (uninstalled !== undefined) return uninstalled;
  const again = isWatched ? 'save' : 'deploy again';
  const found = await compilerErrors(root, labFolder, signal);
  if (found.length > 0) {
    return new LabError(
      ['The stack does not compile:', ...inLines(found)].join('\n'),
      `Repair that line and ${again}.`,
    );
  }
  const bundling = esbuildErrors(output);
  if (bundling !== undefined) {
    return new LabError(`One of the room's functions couldn't be bundled:\n${bundling}`, `Repair it and ${again}.`);
  }
  const refused = untransformed(root, output);
  if (refused !== undefined) {
    return new LabError(`A file of the stack can't be read:\n  ${refused}`, `Repair it and ${again}.`);
  }
  const next = `Repair it and ${again}. \`npx cdk synth\` in ${shownPath(root, labFolder)} shows the complete output.`;
  const message = thrown(output);
  if (message === undefined) {
    const ended = code === undefined ? '' : ` (exit code ${code})`;
    const said = spoken(output).slice(-errorsShown);
    const words = said.length === 0 ? '' : `\nIts last output:\n  ${said.join('\n  ')}`;
    return new LabError(`stack.ts ended${ended} before app.synth() wrote the stack.${words}`, next);
  }
  const place = thrownAt(root, labFolder, output);
  return new LabError(
    `The stack compiles, but it throws an error:\n  ${message}${place === undefined ? '' : `\n  at ${place}`}`,
    next,
  );
}

/**
 * Returns esbuild's errors in the form of the compiler's, `app/functions/connect.ts:3:23 …`, each with its source line.
 * esbuild prints each as a separate paragraph, which the stack trace of the failed synthesis follows.
 */
function esbuildErrors(output: string): string | undefined {
  const [, ...paragraphs] = output.split(/^✘ \[ERROR\] /m);
  const errors = paragraphs.slice(0, errorsShown).flatMap((paragraph) => {
    const [message = ''] = paragraph.split('\n');
    const [error, note] = paragraph.split(/\n(?= {2}\S)/).map((part) => {
      const [, words, place, column, source = ''] =
        /^(?: {2})?(.*?):?\n\n {4}(\S.*:\d+):(\d+):\n +\d+ │ (.*)/.exec(part) ?? [];
      return place === undefined
        ? undefined
        : { at: `${place}:${columnIn(source, Number(column))} ${words}`, source: source.trim() };
    });
    if (error === undefined) return [`  ${message}`];
    // The line of an unexpected end is empty.
    const source = error.source === '' ? [] : [`    ${error.source}`];
    return [`  ${error.at}`, ...source, ...(note === undefined ? [] : [`    ${note.at}`])];
  });
  return errors.length === 0 ? undefined : errors.join('\n');
}

/**
 * Returns a column as the compiler and editors count it: in characters, from 1. esbuild counts bytes, from 0. Of a long
 * line, it prints only a part.
 */
function columnIn(source: string, bytes: number): number {
  const isCut = source.startsWith('...') || source.endsWith('...');
  return (isCut ? bytes : Buffer.from(source).subarray(0, bytes).toString().length) + 1;
}

/** Returns esbuild's error about a file that tsx couldn't compile: `labs/…/stack.ts:76:6: ERROR: …`. */
function untransformed(root: string, output: string): string | undefined {
  if (!/TransformError|^Error: Transform failed/m.test(output)) return undefined;
  const errors = output.split('\n').filter((line) => /:\d+:\d+: ERROR: /.test(line));
  return errors.length === 0
    ? undefined
    : errors
        .slice(0, errorsShown)
        .join('\n  ')
        .replaceAll(root + sep, '');
}

/** The program's own output, without what Node.js, the CDK and the bundling esbuild add to it. */
function spoken(output: string): string[] {
  const added = /^(Node\.js v\d|Bundling asset |\(Use `node |⚡ Done in |\s+\S+index\.m?js\s+[\d.]+k?m?b\s*$)/;
  return output.split('\n').filter((line) => line.trim() !== '' && !added.test(line));
}

/**
 * The thrown error's message, with its further lines: what is between the caret with which Node.js points at the
 * throwing line, or else the first `SomethingError: …`, and the stack trace. The CDK's errors begin with `«Name»`.
 */
function thrown(output: string): string | undefined {
  const lines = spoken(output);
  const caret = lines.findLastIndex((line) => /^\s*\^+\s*$/.test(line));
  const first =
    caret === -1 ? lines.findIndex((line) => /^(Uncaught )?([\w$.]*(Error|Exception)\b|«\w+»)/.test(line)) : caret + 1;
  if (first === -1 || first >= lines.length) return undefined;
  const rest = lines.slice(first);
  const end = rest.findIndex((line) => /^\s+(at |\.\.\.)|^Relates to construct:/.test(line));
  return rest.slice(0, end === -1 ? 5 : Math.min(Math.max(end, 1), 5)).join('\n  ');
}

/** The nearest stack frame in the learner's folder, `labs/…/stack.ts:12`. */
function thrownAt(root: string, labFolder: string, output: string): string | undefined {
  for (const [, frame = '', line] of output.matchAll(/^\s+at (.+\.ts):(\d+):\d+\)?$/gm)) {
    const address = frame.indexOf('file:');
    const text = address === -1 ? frame : fileURLToPath(frame.slice(address));
    // A path can contain spaces and parentheses.
    const file = text.indexOf(labFolder + sep);
    if (file !== -1) return `${shownPath(root, text.slice(file))}:${line}`;
  }
  return undefined;
}
