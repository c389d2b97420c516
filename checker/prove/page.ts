import chalk from 'chalk';
import type { Lab } from '../checking/lab.ts';
import type { Program } from '../cli/program.ts';
import type { Task } from './dealer.ts';
import type { LabProof } from './junit.ts';
import { type Proof, unexpected } from './prove.ts';

/** A column that fits every lab's variants. A set of faults has a longer name, which takes the space it needs. */
const WIDEST = 80;

/** Prints proofs as they finish, lab by lab; on a terminal, with a progress line below. */
export function proofPage(
  { print, isTerminal }: Pick<Program, 'print' | 'isTerminal'>,
  tasks: readonly Task[],
): { readonly proofs: ReadonlyMap<Task, Proof>; add(task: Task, proof: Proof): void } {
  const proofs = new Map<Task, Proof>();
  const printed = new Set<Task>();
  /** In the order of their first proofs. */
  const labs = new Set<Lab>();
  const began = new Set<Lab>();
  const widths = new Map<Lab, number>();
  for (const { lab, variant } of tasks)
    widths.set(lab, Math.max(widths.get(lab) ?? 0, Math.min(variant.name.length, WIDEST)));
  const clear = () => isTerminal && process.stdout.write('\r\u001b[K');
  return {
    proofs,
    add(task, proof) {
      proofs.set(task, proof);
      labs.add(task.lab);
      clear();
      // A lab's lines stay together: another lab's wait until it is done.
      for (const lab of labs) {
        const own = tasks.filter((each) => each.lab === lab);
        const fresh = own.filter((each) => proofs.has(each) && !printed.has(each));
        if (fresh.length > 0 && !began.has(lab)) print(chalk.bold(lab.id));
        for (const each of fresh) {
          began.add(lab);
          printed.add(each);
          const come = proofs.get(each);
          if (come !== undefined) print(row(come, widths.get(lab) ?? 0));
        }
        if (own.some((each) => !proofs.has(each))) break;
      }
      if (isTerminal && proofs.size < tasks.length)
        process.stdout.write(chalk.dim(`${proofs.size} of ${tasks.length}`));
    },
  };
}

function row({ variant, holds, expected, actual, seconds }: Proof, width: number): string {
  const mark = holds ? chalk.green('✓') : chalk.red('✗');
  return `${mark} ${variant.padEnd(width)}  ${holds ? expected : unexpected({ expected, actual })}  ${chalk.dim(`${seconds.toFixed(1)} s`)}`;
}

/** Returns the summary: failures first, then the counts. `left` is how many variants weren't asked for. */
export function summary(labs: readonly LabProof[], orphans: readonly string[], seconds: number, left = 0): string[] {
  const lines = [...orphans, ...labs.flatMap(({ lacks }) => lacks)];
  for (const { lab, proofs } of labs) {
    for (const proof of proofs.filter(({ holds }) => !holds))
      lines.push(`${lab} ${proof.variant}: ${unexpected(proof)}`);
  }
  const all = labs.flatMap(({ proofs }) => proofs);
  const held = all.filter(({ holds }) => holds).length;
  const count = `${held} of ${all.length} variants hold, in ${labs.length} ${labs.length === 1 ? 'lab' : 'labs'}, in ${inMinutes(Math.round(seconds))}.`;
  const lucky = labs.flatMap(({ lab, proofs }) =>
    proofs.flatMap(({ variant, atFirst }) =>
      atFirst === undefined
        ? []
        : `${chalk.yellow('!')} ${lab} ${variant} held only the second time. First, ${atFirst}`,
    ),
  );
  const wrong = lines.map((line) => `${chalk.red('✗')} ${line}`);
  const [are, them] = left === 1 ? ['is', 'it'] : ['are', 'them'];
  const more = left === 0 ? [] : [`  ${left} more ${are} much like these: --all proves ${them}, too.`];
  return ['', ...wrong, ...lucky, lines.length === 0 ? `${chalk.green('✓')} ${count}` : count, ...more];
}

function inMinutes(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return [...(minutes > 0 ? [`${minutes} min`] : []), ...(rest > 0 || minutes === 0 ? [`${rest} s`] : [])].join(' ');
}
