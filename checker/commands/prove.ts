import { mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import chalk from 'chalk';
import type { Lab } from '../check.ts';
import { deployTools } from '../deploy/tools.ts';
import { exitCode, UsageError } from '../errors.ts';
import { keep } from '../kept.ts';
import { labFiles, labFolder, learnersFiles } from '../lab-files.ts';
import { findLab } from '../lab-name.ts';
import { labs } from '../labs.ts';
import { shownPath } from '../own-labs/home.ts';
import type { Program } from '../program.ts';
import { type Proof, prove as proveVariant } from '../prove/prove.ts';
import { faultIsNotOne, type Variant, variantsOf } from '../prove/variants.ts';

export interface ProveCommandOptions {
  readonly names: readonly string[];
  /** Make `labs/` anew from `solutions/` and end. */
  readonly write?: boolean;
  /** Only variants whose name contains this. */
  readonly only?: string;
}

/**
 * `lab prove [lab…] [--write] [--only WORD]`, for authors: every lab fails at its start as declared, its solution and
 * each honest repair pass, each shortcut fails. Works on copies; the working labs are never read by it, but for
 * saying whether they are as shipped.
 */
export async function prove(
  program: Program,
  { names, write = false, only = '' }: ProveCommandOptions,
): Promise<number> {
  const chosen = names.length === 0 ? labs : names.map((name) => findLab(name));
  if (only !== '' && !write) await requireVariants(program.root, chosen, only);
  let holds = true;
  for (const lab of chosen) {
    if (write) await writeLab(program, lab);
    else holds = (await proveLab(program, lab, only)) && holds;
  }
  return holds ? exitCode.fixed : exitCode.notFixed;
}

async function proveLab({ root, signal, print, say }: Program, lab: Lab, only: string): Promise<boolean> {
  const variants = (await variantsOf(root, lab)).filter(({ name }) => name.includes(only));
  if (variants.length === 0) return true;
  const fault = await faultIsNotOne(root, lab);
  print(chalk.bold(lab.id));
  print(fault === undefined ? `${chalk.green('✓')} one fault, in one place` : `${chalk.red('✗')} ${fault}`);
  if (await wasChanged(root, lab))
    say(
      `${shownPath(root, labFolder(root, lab.id))} is not as it was shipped: a learner has been there, and that is not looked at.`,
    );
  const width = Math.max(...variants.map(({ name }) => name.length));
  const left = variants.values();
  const proofs: Proof[] = [];
  const lane = async (): Promise<void> => {
    const tools = deployTools(root);
    try {
      for (const variant of left) {
        const proof = await proveVariant({ root, lab, variant, tools, signal });
        proofs.push(proof);
        print(row(variant, proof, width));
      }
    } finally {
      tools.close();
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(2, availableParallelism()) }, lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  const held = proofs.filter((proof) => proof.holds).length;
  print(`${held} of ${variants.length} hold.`);
  return held === variants.length && fault === undefined;
}

/** Rejects a word that no lab has a variant for. */
async function requireVariants(root: string, chosen: readonly Lab[], only: string): Promise<void> {
  const names = (await Promise.all(chosen.map((lab) => variantsOf(root, lab)))).flat().map(({ name }) => name);
  if (names.some((name) => name.includes(only))) return;
  throw new UsageError(`No variant has "${only}" in its name. There are:\n  ${names.join('\n  ')}`, '');
}

function row({ name }: Variant, { holds, expected, actual, seconds }: Proof, width: number): string {
  const mark = holds ? chalk.green('✓') : chalk.red('✗');
  const came = holds ? expected : `expected: ${expected}; came: ${actual}`;
  return `${mark} ${name.padEnd(width)}  ${came}  ${chalk.dim(`${seconds.toFixed(1)} s`)}`;
}

async function wasChanged(root: string, lab: Lab): Promise<boolean> {
  const [shipped, now] = await Promise.all([labFiles(root, lab.id, 'start'), learnersFiles(root, lab.id)]);
  return (
    shipped.size !== now.size || [...shipped].some(([path, text]) => now.get(path)?.replaceAll('\r\n', '\n') !== text)
  );
}

/** The lab as it is shipped: its solution with the fault planted. What the solution does not have goes; all of it can be had back. */
async function writeLab({ root, print }: Program, lab: Lab): Promise<void> {
  const [shipped, now] = await Promise.all([labFiles(root, lab.id, 'start'), learnersFiles(root, lab.id)]);
  const paths = [...new Set([...shipped.keys(), ...now.keys()])].filter((path) => shipped.get(path) !== now.get(path));
  const folder = shownPath(root, labFolder(root, lab.id));
  if (paths.length === 0) return print(`${folder} is as it is shipped.`);
  const files = paths.map((path) => `${folder}/${path}`);
  await keep(root, { what: `lab prove --write of ${lab.id}`, about: lab.id, files });
  for (const path of paths) {
    const text = shipped.get(path);
    const file = join(root, folder, path);
    await mkdir(dirname(file), { recursive: true });
    if (text === undefined) await rm(file);
    else await writeFile(file, text);
    print(`${folder}/${path} is ${text === undefined ? 'taken away' : 'written'}.`);
  }
}
