import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { At, Place, Program } from '../checking/check.ts';
import { escaped } from './escaped.ts';
import { locateEntry } from './locate-entry.ts';
import { locateHandler } from './locate-handler.ts';

export interface LocateOptions {
  /** The workshop's folder: places are relative to it. */
  readonly root: string;
  /** The folder with the learner's `stack.ts`. */
  readonly labFolder: string;
  /** Construct paths by logical id, from the deployed template. */
  readonly paths: ReadonlyMap<string, string>;
}

/** The id of the policy in which the CDK collects the grants to a role. */
export const DEFAULT_POLICY = 'DefaultPolicy';

/**
 * Returns a function that finds a construct, or a line of a handler, in the learner's files. For a construct there are
 * three sources, the most reliable first: the construct's own id as a string in `stack.ts`; the line that the CDK
 * recorded at the last synthesis in that folder, if the file hasn't changed since; the id of an enclosing construct. A
 * stack itself, requested as `/` and its name, is where it is created.
 */
export function locator(options: LocateOptions): (at: At) => Place | undefined {
  const { root, labFolder, paths } = options;
  const locate = (wanted: At): Place | undefined => {
    if (typeof wanted !== 'string' && 'codeOf' in wanted) {
      const made = locate(wanted.codeOf);
      if (!made?.file.endsWith('/stack.ts')) return made;
      return locateEntry(options, made.line, wanted.unlessRooms) ?? made;
    }
    if (typeof wanted !== 'string') {
      return locateHandler(options, wanted) ?? (wanted.of === undefined ? undefined : locate(wanted.of));
    }
    const construct = (paths.get(wanted) ?? wanted).replace(/^\//, '').replace(/\/Resource$/, '');
    if (!paths.has(wanted) && !wanted.includes('/')) return undefined;
    const file = join(labFolder, 'stack.ts');
    if (!existsSync(file)) return undefined;
    const lines = readFileSync(file, 'utf8').split('\n');
    const [stack = '', ...inside] = construct.split('/');
    const [own = stack, ...around] = inside.reverse();
    const place = (path: string, line: number): Place => ({
      file: relative(root, path).split(sep).join('/'),
      line,
      construct,
    });
    const named = lineOf(lines, own);
    if (named !== undefined) return place(file, named);
    const recorded = recordedLine(options, file, construct);
    // Every grant adds to a role's default policy, and only the first one is recorded.
    if (recorded !== undefined && own !== DEFAULT_POLICY) return place(recorded.file, recorded.line);
    for (const id of around) {
      const line = lineOf(lines, id);
      if (line !== undefined) return place(file, line);
    }
    if (recorded !== undefined) return place(recorded.file, recorded.line);
    const program = inside.length === 0 ? lines.findIndex((line) => /\bnew [\w.]*Stack\(/.test(line)) : -1;
    return program === -1 ? undefined : place(file, program + 1);
  };
  return locate;
}

/**
 * Finds the first line of the learner's file that one of these patterns matches, in order of preference. Comments and
 * imports don't count.
 */
export function finder({ root, labFolder }: Pick<LocateOptions, 'root' | 'labFolder'>) {
  const read = programReader({ root, labFolder });
  return (patterns: readonly RegExp[]): Place | undefined => {
    const program = read();
    if (program === undefined) return undefined;
    const lines = program.text.split('\n');
    for (const pattern of patterns) {
      const index = lines.findIndex((line) => !/^\s*(\/\/|\*|import\b)/.test(line) && pattern.test(line));
      if (index !== -1) return { file: program.file, line: index + 1 };
    }
    return undefined;
  };
}

/** Returns a function that reads the learner's `stack.ts`, with its path relative to the workshop's folder. */
export function programReader({ root, labFolder }: Pick<LocateOptions, 'root' | 'labFolder'>) {
  return (): Program | undefined => {
    const path = join(labFolder, 'stack.ts');
    if (!existsSync(path)) return undefined;
    return { file: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') };
  };
}

/** The first line, from 1, that has the id as an argument: `(stack, 'Api'`, `roomFunction('Connect'`. */
function lineOf(lines: readonly string[], id: string): number | undefined {
  if (id === '') return undefined;
  const text = new RegExp(`[(,]\\s*(['"\`])${escaped(id)}\\1`);
  // An argument can be on its own line after the parenthesis.
  const alone = new RegExp(`^\\s*(['"\`])${escaped(id)}\\1\\s*,`);
  const index = lines.findIndex(
    (line) => !/^\s*(\/\/|\*|import\b)/.test(line) && (text.test(line) || alone.test(line)),
  );
  return index === -1 ? undefined : index + 1;
}

/**
 * `aws:cdk:creationStack` in the cloud assembly: the stack frames of the learner's program that created a construct,
 * the nearest first.
 */
function recordedLine(
  { root, labFolder }: LocateOptions,
  stackFile: string,
  construct: string,
): { file: string; line: number } | undefined {
  for (const path of assembliesOf({ root, labFolder }).flatMap(metadataIn)) {
    if (statSync(path).mtimeMs < statSync(stackFile).mtimeMs) continue;
    const metadata = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Array<{ type: string; data?: unknown }>>;
    const entries = metadata[`/${construct}/Resource`] ?? metadata[`/${construct}`] ?? [];
    const frames = entries.find(({ type }) => type === 'aws:cdk:creationStack')?.data;
    if (!Array.isArray(frames)) continue;
    for (const frame of frames) {
      const [, at = '', line = ''] = /\(?((?:file:)?[^()]+):(\d+):\d+\)?$/.exec(String(frame)) ?? [];
      const file = at.startsWith('file:') ? fileURLToPath(at) : at.replace(/^.*? (?=\/)/, '');
      if (file.startsWith(labFolder + sep)) return { file, line: Number(line) };
    }
  }
  return undefined;
}

/** Returns where `lab deploy` synthesizes, and where the CDK CLI does when it is called directly. */
export function assembliesOf({ root, labFolder }: Pick<LocateOptions, 'root' | 'labFolder'>): string[] {
  return [join(root, '.lab', 'out', basename(labFolder)), join(labFolder, 'cdk.out')];
}

function metadataIn(assembly: string): string[] {
  if (!existsSync(assembly)) return [];
  return readdirSync(assembly)
    .filter((name) => name.endsWith('.metadata.json'))
    .map((name) => join(assembly, name));
}
