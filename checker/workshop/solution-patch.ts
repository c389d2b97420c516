import { diffLines } from 'diff';
import type { Place } from '../checking/check.ts';
import { type LabFiles, labFiles, labFolder, learnersFiles } from './lab-files.ts';
import { shownPath } from './own-labs/home.ts';
import { patchLines } from './patch-lines.ts';

/**
 * Returns the patch from a learner's files to the solution, limited to the fault, or to the place that a check points
 * at: the learner's other changes are theirs. If nothing differs there, returns all differences; otherwise empty.
 */
export async function solutionPatch(root: string, lab: string, place?: Place): Promise<string[]> {
  const [start, solution, now] = await Promise.all([
    labFiles(root, lab, 'start'),
    labFiles(root, lab, 'solution'),
    learnersFiles(root, lab),
  ]);
  return patchFrom(now, { folder: shownPath(root, labFolder(root, lab)), start, solution, place });
}

interface Workshop {
  readonly folder: string;
  readonly start: LabFiles;
  readonly solution: LabFiles;
}

/** About how many lines a construct takes. */
const OF_A_CONSTRUCT = 10;

/** The same, for a learner's files and the workshop's two versions. */
export function patchFrom(
  now: LabFiles,
  { folder, start, solution, place }: Workshop & { readonly place?: Place | undefined },
): string[] {
  // Files that the learner added aren't part of it.
  const known = new Map([...now].filter(([path]) => solution.has(path) || start.has(path)));
  const fault = faultLines(start, solution);
  const concerns = concerning(new Set(fault.filter((line) => !isNothing(line))));
  const comments = new Set(fault.filter(isComment));
  const isAt = (path: string, line: number) =>
    place !== undefined &&
    place.file === `${folder}/${path}` &&
    line >= place.line &&
    line <= place.line + OF_A_CONSTRUCT;
  const isBlank = (line: string) => line.trim() === '';
  const repaired = new Map(
    [...solution].map(([path, text]) => {
      const isRelevant = (change: Change) => concerns(change) || isAt(path, change.line);
      const changes: Change[] = [];
      withChanges(known.get(path), text, (change) => {
        changes.push(change);
        return false;
      });
      const relevant = changes.filter(isRelevant).map(({ line }) => line);
      // A comment alone is no fault, but it can be wrong once the fault below it is repaired.
      const describes = ({ go, come, line }: Change) =>
        !go.every(isBlank) &&
        [...go, ...come].every((each) => isBlank(each) || comments.has(each.trim())) &&
        relevant.some((each) => each > line && each <= line + go.length);
      const changed = withChanges(known.get(path), text, (change) => isRelevant(change) || describes(change));
      // What the patch adds can need an import that the learner removed.
      const imports = importing(namesToImport(changed, text), text, changed);
      const isChosen = (change: Change) => isRelevant(change) || describes(change) || imports(change);
      return [path, withChanges(known.get(path), text, isChosen)];
    }),
  );
  const patch = patchLines(folder, known, repaired);
  return patch.length > 0 ? patch : patchLines(folder, known, solution);
}

interface Change {
  /** The removed and the added lines. */
  readonly go: readonly string[];
  readonly come: readonly string[];
  /** Where it begins in the learner's file, from 1. */
  readonly line: number;
}

type Concerns = (change: Change) => boolean;

/** Returns a text with only the relevant changes toward another one. */
function withChanges(from: string | undefined, to: string, concerns: Concerns): string {
  if (from === undefined) return to;
  const parts = diffLines(from.replaceAll('\r\n', '\n'), to.replaceAll('\r\n', '\n'));
  let text = '';
  let line = 1;
  while (parts.length > 0) {
    const go = parts[0]?.removed === true ? (parts.shift()?.value ?? '') : '';
    const come = parts[0]?.added === true ? (parts.shift()?.value ?? '') : '';
    const same = go === '' && come === '' ? (parts.shift()?.value ?? '') : '';
    text += same;
    if (same === '') text += concerns({ go: go.split('\n'), come: come.split('\n'), line }) ? come : go;
    line += (same + go).split('\n').length - 1;
  }
  return text;
}

const IMPORT = /^import\b[^'"]*['"][^'"]*['"];?[ \t]*$/gm;

const DECLARING = String.raw`\b(?:class|const|let|var|function|type|interface)\s+`;

/** Comments on lines of their own, and after code; not the `//` of an address. */
const COMMENT = /^[ \t]*\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/gm;

const KEYWORDS = ['import', 'type', 'as', 'from'];

/** Returns the names that the solution imports, and that a text uses but neither imports nor declares. */
function namesToImport(text: string, solution: string): Set<string> {
  const [imported, rest] = [importsOf(text).join('\n'), codeOf(text)];
  const names = importsOf(solution).flatMap((each) => namesIn(each.split(/['"]/)[0]));
  return new Set(names.filter((name) => isIn(rest, name) && !isIn(imported, name) && !isIn(rest, name, DECLARING)));
}

/**
 * A change imports one of these names if it adds a line of the solution's imports with it. One that removes the import
 * of another name that the text uses doesn't count.
 */
function importing(names: ReadonlySet<string>, solution: string, text: string): Concerns {
  const [lines, own] = [linesOf(importsOf(solution)), linesOf(importsOf(text))];
  const rest = codeOf(text);
  return ({ go, come }) => {
    const isNeeded = come.some((line) => lines.has(line) && namesIn(line).some((name) => names.has(name)));
    const kept = new Set(come.flatMap(namesIn));
    const lost = go.filter((line) => own.has(line)).flatMap((line) => namesIn(line.split(/['"]/)[0]));
    return isNeeded && !lost.some((name) => !kept.has(name) && isIn(rest, name));
  };
}

/** Returns a text without its imports and comments. */
function codeOf(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(IMPORT, '').replace(COMMENT, '');
}

function isIn(text: string, name: string, before = ''): boolean {
  return new RegExp(`${before}(?<![\\w$.])${name}\\b`).test(text);
}

function namesIn(line = ''): string[] {
  return line.match(/\w+/g)?.filter((word) => !KEYWORDS.includes(word)) ?? [];
}

function linesOf(imports: readonly string[]): ReadonlySet<string> {
  return new Set(imports.flatMap((each) => each.split('\n')));
}

function importsOf(text: string): string[] {
  return text.replaceAll('\r\n', '\n').match(IMPORT) ?? [];
}

/** Returns the lines that the solution has and the start doesn't, or the reverse. */
function faultLines(start: LabFiles, solution: LabFiles): string[] {
  const lines = (text = '') => text.split(/\r?\n/).map((line) => line.trim());
  return [...solution.keys()].flatMap((path) => {
    const [before, after] = [lines(start.get(path)), lines(solution.get(path))];
    return [...after.filter((line) => !before.includes(line)), ...before.filter((line) => !after.includes(line))];
  });
}

/**
 * A change concerns the fault if it adds one of its lines, or removes one with the same names: `addRoute` with another
 * key, for example.
 */
function concerning(fault: ReadonlySet<string>): Concerns {
  const words = new Set([...fault].flatMap(wordsOf));
  const speaks = (line: string) => fault.has(line.trim()) || wordsOf(line.trim()).some((word) => words.has(word));
  return ({ go, come }) => come.some((line) => fault.has(line.trim())) || go.some(speaks);
}

/** The names in a line that are long enough to be meaningful. */
function wordsOf(line: string): string[] {
  return isComment(line) ? [] : (line.match(/[A-Za-z]\w{7,}/g) ?? []);
}

/** A line without content of its own: a bracket, a comment. */
function isNothing(line: string): boolean {
  return line.length < 5 || isComment(line);
}

function isComment(line: string): boolean {
  return line.startsWith('//');
}
