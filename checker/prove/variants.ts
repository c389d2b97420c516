import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parsePatch } from 'diff';
import type { Lab } from '../checking/check.ts';
import { LabError } from '../failures/errors.ts';
import { type LabFiles, labFiles, patched } from '../workshop/lab-files.ts';
import { homeOf, shownPath } from '../workshop/own-labs/home.ts';
import { type HandStep, parseSteps } from './by-hand.ts';

/** One state of a lab's files, and what the checks must make of it. */
export interface Variant {
  /** `start`, `repairs/cfn-route`; also the name of its folder. */
  readonly name: string;
  /** The code of the lab by path in its folder; paths beginning with `app/` are the room's. */
  readonly files: LabFiles;
  /** What is done in the account after the deployment, past the files. */
  readonly byHand?: readonly HandStep[];
  /** Deployed by the stock CDK CLI, as a learner does who takes their own tools. */
  readonly byCli?: boolean;
  readonly expects: Expectation;
}

export type Expectation =
  | { readonly kind: 'fixed' }
  /** Exactly these checks fail. */
  | { readonly kind: 'fails exactly'; readonly checks: readonly string[] }
  /** At least this one fails. */
  | { readonly kind: 'fails'; readonly check: string };

/** Every variant of a lab: its start, its solution, that one by the CLI, each honest repair and each shortcut. */
export async function variantsOf(root: string, lab: Lab): Promise<Variant[]> {
  const home = homeOf(root, lab.id);
  const app = await roomFiles(home);
  const [start, solution] = await Promise.all([labFiles(root, lab.id, 'start'), labFiles(root, lab.id, 'solution')]);
  const shipped = new Map([...start, ...app]);
  const solved = new Map([...solution, ...app]);
  const changed = async (folder: 'repairs' | 'shortcuts', expects: (name: string) => Expectation) => {
    const changes = await changesIn(join(home, 'checker', 'labs', lab.id, folder));
    return changes.map(({ name, kind, text }) => {
      const path = shownPath(root, join(home, 'checker', 'labs', lab.id, folder, `${name}${kind}`));
      return {
        name: `${folder}/${name}`,
        expects: expects(name),
        ...(kind === '.json'
          ? { files: shipped, byHand: parseSteps(text, path) }
          : { files: patched(shipped, text, path) }),
      };
    });
  };
  return [
    { name: 'start', files: shipped, expects: { kind: 'fails exactly', checks: lab.failsAtStart } },
    { name: 'solution', files: solved, expects: { kind: 'fixed' } },
    { name: 'solution-by-cdk-deploy', files: solved, byCli: true, expects: { kind: 'fixed' } },
    ...(await changed('repairs', () => ({ kind: 'fixed' }))),
    ...(await changed('shortcuts', (name) => ({ kind: 'fails', check: checkNamedBy(lab, name) }))),
  ];
}

/** Why a lab's fault is not one change in one place; undefined where it is. */
export async function faultIsNotOne(root: string, lab: Lab): Promise<string | undefined> {
  const file = join(homeOf(root, lab.id), 'solutions', lab.id, 'fault.patch');
  const files = parsePatch(await readFile(file, 'utf8'));
  const hunks = files.flatMap(({ hunks }) => hunks);
  return hunks.length === 1
    ? undefined
    : `${shownPath(root, file)} has ${hunks.length} hunks: a lab has one fault, in one place.`;
}

/** `route-sendmessage--default-broadcasts` names the check that must fail. */
function checkNamedBy(lab: Lab, name: string): string {
  const [check = ''] = name.split('--');
  if (lab.checks.some(({ id }) => id === check)) return check;
  throw new LabError(
    `checker/labs/${lab.id}/shortcuts/${name} names no check of the lab.`,
    'A shortcut is named <id of the check that must fail>--<words>, .patch or .json.',
  );
}

/** A change is a patch of the files, or in JSON what is done by hand once the start is deployed. */
async function changesIn(folder: string): Promise<Array<{ name: string; kind: '.patch' | '.json'; text: string }>> {
  const files = (await namesIn(folder)).sort().flatMap((file) => {
    const kind = (['.patch', '.json'] as const).find((end) => file.endsWith(end));
    return kind === undefined ? [] : { file, kind, name: file.slice(0, -kind.length) };
  });
  return Promise.all(
    files.map(async ({ file, kind, name }) => ({ name, kind, text: await readFile(join(folder, file), 'utf8') })),
  );
}

/** The functions, and the page: somebody may change that in place of the room. */
async function roomFiles(home: string): Promise<Map<string, string>> {
  const files = await Promise.all(
    ['functions', 'web'].map(async (part) => {
      const folder = join(home, 'app', part);
      const names = (await namesIn(folder)).filter((name) => /\.(ts|js|html|css)$/.test(name));
      const read = async (name: string) => [`app/${part}/${name}`, await readFile(join(folder, name), 'utf8')] as const;
      return Promise.all(names.map(read));
    }),
  );
  return new Map(files.flat());
}

/** A lab of one's own may have neither changes nor functions of the room. */
async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return [];
  });
}
