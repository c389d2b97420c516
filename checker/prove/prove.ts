import { join } from 'node:path';
import type { Target } from '../aws/target.ts';
import { checkLab } from '../checking/check-lab.ts';
import type { Lab } from '../checking/lab.ts';
import { neededBy } from '../checking/order.ts';
import type { Verdict } from '../checking/result.ts';
import { stackNameOf } from '../checking/subject.ts';
import { LabError } from '../failures/errors.ts';
import { runByHand } from './by-hand.ts';
import type { Deploy } from './deploy.ts';
import { layOut } from './lay-out.ts';
import type { ProvingAccount } from './proving-account.ts';
import type { Expectation, Variant } from './variants.ts';

/** The result of one variant. */
export interface Proof {
  readonly variant: string;
  readonly holds: boolean;
  /** The expected and actual results: `fixed`, `fails route-sendmessage`. */
  readonly expected: string;
  readonly actual: string;
  readonly verdict?: Verdict;
  /** What came first, if it took a second new account to get the expected verdict: something depends on chance. */
  readonly atFirst?: string;
  /** Seconds, including the deployment. */
  readonly seconds: number;
}

export interface ProveOptions {
  readonly root: string;
  readonly lab: Lab;
  readonly variant: Variant;
  readonly deploy: Deploy;
  readonly signal: AbortSignal;
  readonly account: ProvingAccount;
}

/**
 * Deploys one variant, checks it, and compares the verdict with the expected one. In a used account, only the check
 * that a shortcut must fail looks at it, and those that this one needs, and nothing is compared for the verdict's
 * remark: no expectation is about it. If the verdict differs there, a new account decides, with all checks: some
 * variants can't be deployed over each other. If it differs there, too, another one does.
 */
export async function prove(options: ProveOptions): Promise<Proof> {
  const { root, variant, deploy, signal, account } = options;
  const { expects } = variant;
  const began = performance.now();
  const lab = variant.checks === undefined ? options.lab : withChecks(options.lab, variant.checks);
  const brief = expects.kind === 'fails' ? withChecks(lab, [expects.check]) : lab;
  const folder = await layOut(root, lab.id, variant);
  const labFolder = join(folder, 'labs', lab.id);
  const proveIn = async (target: Target, by: Lab): Promise<Omit<Proof, 'seconds'>> => {
    const common = { variant: variant.name, expected: inWords(expects) };
    try {
      await deploy({ root: folder, lab: lab.id, labFolder, target, signal });
      if (variant.byHand !== undefined) await runByHand(target, stackNameOf(lab.id), variant.byHand);
      const look = () => checkLab({ root: folder, lab: by, target, signal, labFolder, compares: by === lab });
      const first = await look();
      // On a busy machine something may come too late, which says nothing about the lab.
      const verdict = isBroken(first) ? await look() : first;
      return { ...common, holds: isAs(expects, verdict), actual: seen(verdict), verdict };
    } catch (error) {
      if (signal.aborted || !(error instanceof LabError)) throw error;
      return { ...common, holds: false, actual: `can't be deployed: ${error.message}` };
    }
  };
  // The CLI deploys to a new account, like a learner's first time.
  const used = variant.byCli === true ? undefined : await account.used(lab.id).catch(() => undefined);
  let proof = used && (await proveIn(used, brief));
  const inNew = async () => proveIn(await account.renewed(lab.id, variant.name), lab);
  if (!proof?.holds) proof = await inNew();
  if (!proof.holds) {
    const again = await inNew();
    if (again.holds) proof = { ...again, atFirst: unexpected(proof) };
  }
  if (!proof.holds || variant.byHand !== undefined) await account.close();
  return { ...proof, seconds: (performance.now() - began) / 1000 };
}

/** Whether a verdict is the expected one. An undecided check proves nothing. */
export function isAs(expects: Expectation, { status, checks }: Verdict): boolean {
  if (isBroken({ checks })) return false;
  const failed = checks.filter((result) => result.status === 'failed').map(({ id }) => id);
  switch (expects.kind) {
    case 'fixed':
      return status === 'fixed';
    case 'fails':
      return failed.includes(expects.check);
    case 'fails all':
      return expects.checks.every((id) => failed.includes(id));
    case 'fails exactly':
      return failed.length === expects.checks.length && expects.checks.every((id) => failed.includes(id));
  }
}

/** Says what came instead of the expected verdict, and what the first failed check saw. */
export function unexpected({ expected, actual, verdict }: Pick<Proof, 'expected' | 'actual' | 'verdict'>): string {
  const failed = verdict?.checks.find((result) => result.status === 'failed');
  return `expected: ${expected}; came: ${actual}${failed?.status === 'failed' ? `. Seen: ${failed.actual}` : ''}`;
}

/** The lab with these checks only, and those that they need. */
function withChecks(lab: Lab, ids: readonly string[]): Lab {
  const load = async () => {
    const { checks, ...others } = await lab.load();
    const wanted = new Set([...ids, ...neededBy({ needs: ids }, checks)]);
    return { ...others, checks: checks.filter(({ id }) => wanted.has(id)) };
  };
  return { ...lab, load };
}

function isBroken({ checks }: Pick<Verdict, 'checks'>): boolean {
  return checks.some((result) => result.status === 'broken');
}

function inWords(expects: Expectation): string {
  if (expects.kind === 'fixed') return 'fixed';
  return `fails ${expects.kind === 'fails' ? expects.check : expects.checks.join(', ')}`;
}

function seen({ status, checks }: Verdict): string {
  const broken = checks.find((result) => result.status === 'broken');
  if (broken?.status === 'broken') return `couldn't be checked: ${broken.reason}`;
  const failed = checks.flatMap((result) => (result.status === 'failed' ? result.id : []));
  return failed.length === 0 ? status : `fails ${failed.join(', ')}`;
}
