import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Lab } from '../../checking/lab.ts';
import { exitCode, UsageError } from '../../failures/errors.ts';
import { gameDayLab } from '../../gameday/lab.ts';
import { gameDaySolution, gameDayVariants } from '../../gameday/variants.ts';
import { writeFaults } from '../../gameday/write-faults.ts';
import type { Task } from '../../prove/dealer.ts';
import { type LabProof, proofAsJunit } from '../../prove/junit.ts';
import { proofPage, summary } from '../../prove/page.ts';
import { proveAll } from '../../prove/prove-all.ts';
import { variantsOf } from '../../prove/variants.ts';
import { lacksOf, orphansOf } from '../../prove/whole.ts';
import { keep } from '../../workshop/kept.ts';
import { isAsShipped, labFiles, labFolder, learnersFiles } from '../../workshop/lab-files.ts';
import { findLab } from '../../workshop/lab-name.ts';
import { labs } from '../../workshop/labs.ts';
import { shownPath } from '../../workshop/own-labs/home.ts';
import { writeOutput } from '../output-file.ts';
import type { Program } from '../program.ts';

export interface ProveCommandOptions {
  readonly names: readonly string[];
  /** Generate `labs/` from `solutions/` and exit. */
  readonly write?: boolean;
  /** Also the variants that are much like others. */
  readonly all?: boolean;
  /** Only variants whose name contains this, and all of those. */
  readonly only?: string;
  /** Write the proof to this file, as JUnit XML. */
  readonly junit?: string;
  /** Prove in a practice account that is as slow, strict and eventually consistent as AWS. */
  readonly weather?: 'aws' | 'calm';
  /** The seed of everything random in this weather. */
  readonly seed?: number;
}

/**
 * `lab prove [lab… | gameday] [--write] [--all] [--only WORD] [--junit FILE] [--weather aws] [--seed N]`, for authors:
 * proves that every lab is complete, its start fails as declared, its solution and each honest repair pass, and each
 * shortcut fails. Without a name, proves all labs and the game day's solution. Works on copies, and reads the working
 * labs only to say whether they are unchanged.
 */
export async function prove(
  program: Program,
  { names, write = false, all = false, only = '', junit, weather = 'calm', seed = 1 }: ProveCommandOptions,
): Promise<number> {
  const { root, signal } = program;
  const isUnnamed = names.length === 0;
  const chosen = isUnnamed ? labs : names.filter(isLab).map((name) => findLab(name));
  const isGameDay = !names.every(isLab);
  if (write) {
    for (const lab of chosen) await writeLab(program, lab);
    return isGameDay ? writeFaults(program) : exitCode.fixed;
  }
  const began = performance.now();
  const proved = isGameDay || isUnnamed ? [...chosen, gameDayLab] : chosen;
  const found = await tasksOf(root, proved, { only, isUnnamed });
  const tasks = all || only !== '' ? found : found.filter(({ variant }) => variant.isMore !== true);
  const orphans = await orphansOf(root, labs);
  const shown = proofPage(program, tasks);
  const lacks = new Map<Lab, readonly string[]>();
  for (const lab of chosen) {
    lacks.set(lab, await lacksOf(root, lab));
    if (!(await isAsShipped(root, lab.id)))
      program.say(`${shownPath(root, labFolder(root, lab.id))} has been edited. The proof doesn't use it.`);
  }
  await proveAll(tasks, { root, signal, seed: weather === 'aws' ? seed : undefined, onProof: shown.add });
  const proofs = proved.map(
    (lab): LabProof => ({
      lab: lab.id,
      lacks: lacks.get(lab) ?? [],
      proofs: tasks.filter((task) => task.lab === lab).flatMap((task) => shown.proofs.get(task) ?? []),
    }),
  );
  if (junit !== undefined) await writeOutput(junit, proofAsJunit(proofs));
  const seconds = (performance.now() - began) / 1000;
  for (const line of summary(proofs, orphans, seconds, found.length - tasks.length)) program.print(line);
  const holds =
    orphans.length === 0 && proofs.every((lab) => lab.lacks.length === 0 && lab.proofs.every((proof) => proof.holds));
  return holds ? exitCode.fixed : exitCode.notFixed;
}

function isLab(name: string): boolean {
  return name !== gameDayLab.id;
}

/**
 * Returns the variants to prove; of the game day, only its solution if nothing was named. Rejects if no lab has a
 * matching variant.
 */
async function tasksOf(
  root: string,
  chosen: readonly Lab[],
  { only, isUnnamed }: { readonly only: string; readonly isUnnamed: boolean },
): Promise<Task[]> {
  const gameDay = async () => (isUnnamed ? [await gameDaySolution(root)] : gameDayVariants(root));
  const all = await Promise.all(
    chosen.map(async (lab) => {
      const variants = await (lab === gameDayLab ? gameDay() : variantsOf(root, lab));
      return variants.map((variant) => ({ lab, variant }));
    }),
  );
  const wanted = all.flat().filter(({ variant }) => variant.name.includes(only));
  if (wanted.length > 0 || only === '') return wanted;
  const names = all.flat().map(({ variant }) => variant.name);
  throw new UsageError(`No variant has "${only}" in its name. The variants are:\n  ${names.join('\n  ')}`, '');
}

/**
 * Writes the lab as it is shipped: its solution with the fault planted. Files that the solution doesn't have are
 * removed; everything can be restored.
 */
async function writeLab({ root, print }: Program, lab: Lab): Promise<void> {
  const [shipped, now] = await Promise.all([labFiles(root, lab.id, 'start'), learnersFiles(root, lab.id)]);
  const paths = [...new Set([...shipped.keys(), ...now.keys()])].filter((path) => shipped.get(path) !== now.get(path));
  const folder = shownPath(root, labFolder(root, lab.id));
  if (paths.length === 0) return print(`${folder} is up to date.`);
  const files = paths.map((path) => `${folder}/${path}`);
  await keep(root, { what: `lab prove --write of ${lab.id}`, about: lab.id, files });
  for (const path of paths) {
    const text = shipped.get(path);
    const file = resolve(root, folder, path);
    await mkdir(dirname(file), { recursive: true });
    if (text === undefined) await rm(file);
    else await writeFile(file, text);
    print(`${folder}/${path} is ${text === undefined ? 'removed' : 'written'}.`);
  }
}
