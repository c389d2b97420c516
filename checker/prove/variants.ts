import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parsePatch } from 'diff';
import type { AnyCheck } from '../checking/check.ts';
import type { Lab } from '../checking/lab.ts';
import { LabError } from '../failures/errors.ts';
import { filesUnder } from '../workshop/files-under.ts';
import { type LabFiles, labFiles, patched } from '../workshop/lab-files.ts';
import { labs } from '../workshop/labs.ts';
import { homeOf, shownPath } from '../workshop/own-labs/home.ts';
import { type HandStep, parseSteps } from './by-hand.ts';

/** One state of a lab's files, and the expected verdict. */
export interface Variant {
  /** `start`, `repairs/cfn-route`; also the name of its folder. */
  readonly name: string;
  /** The code of the lab by path in its folder; paths beginning with `app/` are the room's. */
  readonly files: LabFiles;
  /** Manual steps in the account after the deployment, outside of the files. */
  readonly byHand?: readonly HandStep[];
  /** Deployed with the stock CDK CLI, like a learner who uses their own tools. */
  readonly byCli?: boolean;
  /** Set if others are much like it: it's proved only if somebody asks for all variants, or for it. */
  readonly isMore?: boolean;
  /** The ids of the checks that matter, and are looked at with those that they need; all of the lab's unless given. */
  readonly checks?: readonly string[];
  readonly expects: Expectation;
}

export type Expectation =
  | { readonly kind: 'fixed' }
  /** Exactly these checks fail. */
  | { readonly kind: 'fails exactly'; readonly checks: readonly string[] }
  /** All of these checks fail. */
  | { readonly kind: 'fails all'; readonly checks: readonly string[] }
  /** At least this one fails. */
  | { readonly kind: 'fails'; readonly check: string };

/** The folder, in `repairs/` and `shortcuts/`, of changes to the solution; the others are changes to the start. */
const onSolution = 'on-solution';

/** The folder, in each of these folders, of variants much like others. */
export const more = 'more';

/**
 * Returns all variants of a lab: its start, its solution, the solution through the CLI, each honest repair and each
 * shortcut.
 */
export async function variantsOf(root: string, lab: Lab): Promise<Variant[]> {
  const home = homeOf(root, lab.id);
  const [app, { checks, failsAtStart }] = await Promise.all([roomFiles(home), lab.load()]);
  const [start, solution] = await Promise.all([labFiles(root, lab.id, 'start'), labFiles(root, lab.id, 'solution')]);
  const shipped = new Map([...start, ...app]);
  const solved = new Map([...solution, ...app]);
  const changed = async (folder: 'repairs' | 'shortcuts', expects: (name: string) => Expectation) => {
    const path = join(home, 'checker', 'labs', lab.id, folder);
    const on = async (base: LabFiles, from: string) =>
      (await changesIn(from)).map(
        ({ name, apply }): Variant => ({
          name: `${folder}/${name}`,
          expects: expects(name),
          ...(basename(from) === more && { isMore: true }),
          ...apply(base, shownPath(root, join(from, name))),
        }),
      );
    const both = async (base: LabFiles, from: string) =>
      (await Promise.all([on(base, from), on(base, join(from, more))])).flat();
    const variants = [...(await both(shipped, path)), ...(await both(solved, join(path, onSolution)))];
    requireDistinct(variants, shownPath(root, path));
    return variants.sort((one, other) => (one.name < other.name ? -1 : 1));
  };
  return [
    { name: 'start', files: shipped, expects: { kind: 'fails exactly', checks: failsAtStart } },
    { name: 'solution', files: solved, expects: { kind: 'fixed' } },
    {
      name: 'solution-by-cdk-deploy',
      files: solved,
      byCli: true,
      // The CLI deploys all labs alike, and a new account for each takes long. The last lab's stack has the most.
      isMore: lab.id !== labs.at(-1)?.id,
      expects: { kind: 'fixed' },
    },
    ...(await changed('repairs', () => ({ kind: 'fixed' }))),
    ...(await changed('shortcuts', (name) => ({
      kind: 'fails',
      check: checkNamedBy(checks, `checker/labs/${lab.id}/shortcuts/${name}`),
    }))),
  ];
}

/** Returns why a lab's fault isn't one change in one place; undefined if it is. */
export async function faultIsNotOne(root: string, lab: Lab): Promise<string | undefined> {
  const file = join(homeOf(root, lab.id), 'solutions', lab.id, 'fault.patch');
  const files = parsePatch(await readFile(file, 'utf8'));
  const hunks = files.flatMap(({ hunks }) => hunks);
  return hunks.length === 1
    ? undefined
    : `${shownPath(root, file)} has ${hunks.length} hunks: a lab has one fault, in one place.`;
}

/** Two variants with one name would share a folder while they are proved. */
function requireDistinct(variants: readonly Variant[], folder: string): void {
  const names = variants.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new LabError(`${folder} has two changes named ${basename(twice)}.`, 'Rename one of them.');
}

/** The path of a shortcut names the check that must fail: `…/route-sendmessage--default-broadcasts`. */
export function checkNamedBy(checks: readonly AnyCheck[], path: string): string {
  const [check = ''] = basename(path).split('--');
  if (checks.some(({ id }) => id === check)) return check;
  throw new LabError(
    `${path} doesn't name a check of the lab.`,
    'A shortcut is named <id of the check that must fail>--<words>, .patch or .json.',
  );
}

/** The changes to a lab's files, and possibly manual changes once they are deployed. */
type Changed = Pick<Variant, 'files' | 'byHand'>;

interface Change {
  readonly name: string;
  /** `path` names the change in an error. */
  readonly apply: (base: LabFiles, path: string) => Changed;
}

/**
 * Returns the changes in a folder, by their format: a patch; a folder of whole files that replace others; or JSON
 * steps, taken manually in the account.
 */
export async function changesIn(folder: string): Promise<Change[]> {
  const entries = (await namesIn(folder)).filter((entry) => entry !== onSolution && entry !== more);
  return Promise.all(
    entries.map(async (entry): Promise<Change> => {
      const path = join(folder, entry);
      const name = entry.replace(/\.(patch|json)$/, '');
      if (name === entry) {
        const whole = await filesUnder(path);
        return { name, apply: (base) => ({ files: new Map([...base, ...whole]) }) };
      }
      const text = await readFile(path, 'utf8');
      return entry.endsWith('.patch')
        ? { name, apply: (base, shown) => ({ files: patched(base, text, `${shown}.patch`) }) }
        : { name, apply: (base, shown) => ({ files: base, byHand: parseSteps(text, `${shown}.json`) }) };
    }),
  );
}

/** Returns the functions and the page: a change can be to that instead of to the room. */
async function roomFiles(home: string): Promise<Map<string, string>> {
  const parts = await Promise.all(
    ['functions', 'web'].map(async (part) => {
      const files = await filesUnder(join(home, 'app', part));
      return [...files].map(([path, text]) => [`app/${part}/${path}`, text] as const);
    }),
  );
  return new Map(parts.flat().filter(([path]) => /\.(ts|js|html|css)$/.test(path)));
}

/** Labs of your own can have no changes. */
async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return [];
  });
}
