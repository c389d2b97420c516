import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Target } from '../aws/target.ts';
import { checkLab } from '../checking/check-lab.ts';
import type { Lab } from '../checking/lab.ts';
import type { Verdict } from '../checking/result.ts';
import { stackNameOf } from '../checking/subject.ts';
import { type DeployTools, deployLab } from '../deploy/deploy.ts';
import { destroyLab } from '../deploy/destroy.ts';
import { findLeftovers } from '../deploy/leftovers.ts';
import { LabError } from '../failures/errors.ts';
import { describe } from '../observe/stack.ts';
import { layOut } from '../prove/lay-out.ts';
import { isAs } from '../prove/prove.ts';
import { type Variant, variantsOf } from '../prove/variants.ts';
import { actualOf } from '../report/words.ts';

/** One step with a lab, and its result. */
export interface Step {
  readonly lab: string;
  /** `deploy start`, `check solution`, `destroy` */
  readonly name: string;
  readonly seconds: number;
  readonly isAsExpected: boolean;
  /** Sentences: what was seen in addition to what was expected. */
  readonly seen: readonly string[];
}

export interface SmokeOptions {
  readonly root: string;
  readonly lab: Lab;
  readonly target: Target;
  readonly tools: DeployTools;
  readonly signal: AbortSignal;
  readonly onStep: (step: Step) => void;
}

/**
 * Deploys the start and the solution of a lab, checks both, and deletes the stack, whatever happened before. Rejects
 * only if the signal is aborted, after the stack is deleted.
 */
export async function smokeLab(options: SmokeOptions): Promise<void> {
  const { root, lab, signal } = options;
  const variants = await variantsOf(root, lab);
  try {
    for (const name of ['start', 'solution']) {
      const variant = variants.find((one) => one.name === name);
      if (variant === undefined) throw new LabError(`${lab.id} has no ${name}.`, 'Get a fresh copy of the workshop.');
      if (!(await deployAndCheck(options, variant))) break;
    }
  } finally {
    await step(options, 'destroy', () => sweep(options));
  }
  signal.throwIfAborted();
}

/** Whether it was deployed. */
async function deployAndCheck(options: SmokeOptions, variant: Variant): Promise<boolean> {
  const { lab, target, tools, signal } = options;
  const root = await layOut(options.root, lab.id, { ...variant, name: `smoke-${process.pid}` });
  const common = { root, labFolder: join(root, 'labs', lab.id), target, signal };
  try {
    const isDeployed = await step(options, `deploy ${variant.name}`, async () => {
      await deployLab({ ...common, lab: lab.id, tools });
      return [];
    });
    signal.throwIfAborted();
    if (!isDeployed) return false;
    await step(options, `check ${variant.name}`, async () => {
      const verdict = await checkLab({ ...common, lab });
      return isAs(variant.expects, verdict) || isOnlyPending(variant, verdict) ? [] : seenIn(verdict);
    });
    signal.throwIfAborted();
    return true;
  } finally {
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A fresh deployment has no expired token yet, and waiting for one would take longer than all other steps together. */
function isOnlyPending({ expects }: Variant, { checks }: Verdict): boolean {
  return expects.kind === 'fixed' && checks.every(({ status }) => status === 'passed' || status === 'pending');
}

function seenIn({ status, remark, checks }: Verdict): string[] {
  const results = checks.map((result) => `${result.id} ${result.status}: ${actualOf(result)}`);
  return [`The verdict is "${status}".${remark === undefined ? '' : ` ${remark}`}`, ...results];
}

/** Does something, reports the result, and returns whether it was as expected: then `work` resolves to nothing. */
async function step(options: SmokeOptions, name: string, work: () => Promise<readonly string[]>): Promise<boolean> {
  const began = performance.now();
  const seen = await work().catch((error: unknown) => [error instanceof Error ? error.message : String(error)]);
  const seconds = (performance.now() - began) / 1000;
  options.onStep({ lab: options.lab.id, name, seconds, isAsExpected: seen.length === 0, seen });
  return seen.length === 0;
}

/** How long AWS can take to finish an interrupted deployment, in milliseconds. */
const patience = 10 * 60_000;

/** Deletes the stack even after Ctrl-C, once it can be deleted, and returns what is left. */
async function sweep({ lab, target }: SmokeOptions): Promise<string[]> {
  const name = stackNameOf(lab.id);
  const deadline = Date.now() + patience;
  while (isChanging((await describe(target, name))?.StackStatus) && Date.now() < deadline) {
    await pause(target.kind === 'practice' ? 100 : 3000);
  }
  // With its own signal: a second Ctrl-C ends the command.
  await destroyLab({ lab: lab.id, target, signal: new AbortController().signal });
  for (let looks = target.kind === 'practice' ? 1 : 5; ; looks -= 1) {
    const { found, unseen } = await findLeftovers(target, [lab.id], false);
    const left = [
      ...found.map(({ kind, name: called }) => `The ${kind} ${called} is left.`),
      ...unseen.map(({ kind, reason }) => `Couldn't check for leftover ${kind}: ${reason}`),
    ];
    if (left.length === 0 || looks <= 1) return left;
    // On AWS, lists include deleted resources for a few seconds.
    await pause(3000);
  }
}

/** CloudFormation doesn't delete a stack that it is updating. */
function isChanging(status: string | undefined): boolean {
  return status !== undefined && status !== 'REVIEW_IN_PROGRESS' && status.endsWith('_IN_PROGRESS');
}
