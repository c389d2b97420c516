import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Lab, LabChecks } from '../checking/lab.ts';
import { filesUnder } from '../workshop/files-under.ts';
import { labFiles } from '../workshop/lab-files.ts';
import { homeOf } from '../workshop/own-labs/home.ts';
import { faultIsNotOne, more, variantsOf } from './variants.ts';

/** The least number of variants of a lab in this repository. */
const leastVariants = { repairs: 5, shortcuts: 8 };
const leastOfDraft: typeof leastVariants = { repairs: 1, shortcuts: 1 };

/** The sections of a lab's two pages, by their headings. */
const parts = {
  labs: ['The story', 'What you have', 'The task', 'See it fail', 'Read more'],
  solutions: ['What was wrong', 'The repair', 'Why not …'],
};

/**
 * Returns what is missing in a lab, in sentences; nothing if it is complete. Labs of your own can have fewer pages and
 * variants.
 */
export async function lacksOf(root: string, lab: Lab): Promise<string[]> {
  const fault = await faultIsNotOne(root, lab);
  const own = homeOf(root, lab.id) !== root;
  const loaded = await lab.load();
  return [
    ...(fault === undefined ? [] : [fault]),
    ...declarationsLacking(lab.id, loaded),
    ...loaded.checks.flatMap((check) => hintsLacking(check.id, check.hints)),
    ...(own ? [] : [...(await pagesLacking(root, lab, loaded)), ...(await variantsLacking(root, lab))]),
  ];
}

/** Checks for four hints, none of them empty or the same as the next. */
export function hintsLacking(check: string, hints: readonly string[]): string[] {
  const rungs = hints.map((hint) => hint.trim());
  const lacks = rungs.length === 4 ? [] : [`${check} has ${rungs.length} hints instead of 4.`];
  rungs.forEach((rung, index) => {
    const next = rungs[index + 1];
    if (rung === '') lacks.push(`Hint ${index + 1} of ${check} is empty.`);
    else if (next?.includes(rung) || (next !== undefined && next !== '' && rung.includes(next)))
      lacks.push(`Hint ${index + 1} of ${check} repeats the next one.`);
  });
  return lacks;
}

function declarationsLacking(id: string, { checks, failsAtStart }: LabChecks): string[] {
  const ids = checks.map((check) => check.id);
  return [
    ...failsAtStart
      .filter((name) => !ids.includes(name))
      .map((name) => `failsAtStart of ${id} names ${name}, which isn't one of its checks.`),
    ...(failsAtStart.length === 0
      ? [`failsAtStart of ${id} names no check, so there would be nothing to repair.`]
      : []),
    ...ids.filter((name, index) => ids.indexOf(name) !== index).map((name) => `${id} has two checks ${name}.`),
  ];
}

async function pagesLacking(root: string, lab: Lab, { checks }: LabChecks): Promise<string[]> {
  const lacks: string[] =
    lab.minutes === undefined && lab.draft !== true ? [`${lab.id} has no minutes for the lists of labs.`] : [];
  for (const [tree, headings] of Object.entries(parts)) {
    const page = `${tree}/${lab.id}/README.md`;
    const text = await readFile(join(root, page), 'utf8').catch(() => undefined);
    if (text === undefined) lacks.push(`${page} doesn't exist.`);
    const missing = headings.filter((heading) => text !== undefined && !text.includes(`\n## ${heading}\n`));
    lacks.push(...missing.map((heading) => `${page} has no section "${heading}".`));
    if (!existsSync(join(root, 'docs', tree, `${lab.id}.md`))) lacks.push(`docs/${tree}/${lab.id}.md doesn't exist.`);
  }
  for (const { id, docs } of checks) {
    if (!existsSync(join(root, docs.lab))) lacks.push(`${id} links to ${docs.lab}, which doesn't exist.`);
    if (!docs.aws.startsWith('https://docs.aws.amazon.com/')) lacks.push(`${id} doesn't link to AWS's documentation.`);
  }
  return lacks;
}

async function variantsLacking(root: string, lab: Lab): Promise<string[]> {
  const variants = (await variantsOf(root, lab)).filter(({ isMore }) => isMore !== true);
  return Object.entries(lab.draft ? leastOfDraft : leastVariants).flatMap(([folder, least]) => {
    const count = variants.filter(({ name }) => name.startsWith(`${folder}/`)).length;
    return count >= least
      ? []
      : [`checker/labs/${lab.id}/${folder} has ${count} changes outside of ${more}/; it needs at least ${least}.`];
  });
}

/** Returns folders that belong to no lab, and functions of the room that no lab deploys, in sentences. */
export async function orphansOf(root: string, labs: readonly Lab[]): Promise<string[]> {
  const orphans: string[] = [];
  for (const tree of ['labs', 'solutions', 'checker/labs']) {
    for (const entry of await readdir(join(root, tree), { withFileTypes: true })) {
      if (!entry.isDirectory() || labs.some(({ id }) => id === entry.name)) continue;
      orphans.push(`${tree}/${entry.name} belongs to no lab in checker/workshop/labs.ts.`);
    }
  }
  const functions = await filesUnder(join(root, 'app', 'functions'));
  for (const name of functions.keys()) if (!/(?<!\.test)\.ts$/.test(name)) functions.delete(name);
  const used = new Set((await Promise.all(labs.map(({ id }) => deployedBy(root, id, [...functions.keys()])))).flat());
  // Used files use others, and the loop reaches those, too.
  for (const name of used) for (const other of importedBy(name, functions.get(name))) used.add(other);
  const unused = [...functions.keys()].filter((name) => !used.has(name));
  return [...orphans, ...unused.map((name) => `app/functions/${name} isn't deployed by any lab.`)];
}

/** Returns the functions of the room that a solved lab's stack names or that its own handlers import. */
async function deployedBy(root: string, lab: string, functions: readonly string[]): Promise<string[]> {
  const solution = await labFiles(root, lab, 'solution').catch(() => new Map<string, string>());
  const named = functions.filter((name) => solution.get('stack.ts')?.includes(`'${name}'`));
  const room = '../../app/functions/';
  const imported = [...solution].flatMap(([path, text]) =>
    importedBy(path, text).flatMap((name) => (name.startsWith(room) ? [name.slice(room.length)] : [])),
  );
  return [...named, ...imported];
}

/** Returns a file's relative imports, resolved against its own path. */
export function importedBy(path: string, text = ''): string[] {
  return [...text.matchAll(/(?:from|import) '(\.[^']+)'/g)].map(([, other = '']) =>
    posix.join(posix.dirname(path), other),
  );
}
