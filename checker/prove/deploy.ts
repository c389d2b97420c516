import { join } from 'node:path';
import type { Target } from '../aws/target.ts';
import { stackNameOf } from '../checking/subject.ts';
import type { Cdk } from '../deploy/cdk.ts';
import { explainSynthesis } from '../deploy/explain.ts';
import { stackNamed, stacksIn, templateIn } from '../deploy/manifest.ts';
import { LabError } from '../failures/errors.ts';
import { withoutValidation } from '../synth/validation.ts';
import { deployAssembly } from './deploy-assembly.ts';
import type { SerialSynthesizer } from './serial-synthesizer.ts';

/** A lab's folders, and where to deploy it. */
export interface Deployable {
  /** The workshop's folder, or a copy of it. */
  readonly root: string;
  /** The lab's id. */
  readonly lab: string;
  readonly labFolder: string;
  readonly target: Target;
  readonly signal: AbortSignal;
}

/** A way to deploy. Rejects with a LabError if the stack can't be deployed. */
export type Deploy = (what: Deployable) => Promise<unknown>;

/**
 * Synthesizes in a process that has done so before, and deploys through CloudFormation's API. A folder that is deployed
 * again, to another account, is not synthesized again: that would need a new process, and stacks read nothing in which
 * practice accounts differ.
 */
export function deployByApi(synthesizer: SerialSynthesizer): Deploy {
  const assemblies = new Map<string, string>();
  return async (what) => {
    const assembly = assemblies.get(what.labFolder) ?? (await synthesized(synthesizer, what, what.lab));
    assemblies.set(what.labFolder, assembly);
    await deployAssembly(what.target, assembly, stackNameOf(what.lab));
  };
}

/**
 * Calls the stock CLI in the lab's folder, as its README says: `cdk deploy`. Also rejects if it deploys something else
 * than `deployByApi` would.
 */
export function deployByCli(cdk: Cdk, synthesizer: SerialSynthesizer): Deploy {
  return async (what) => {
    const { root, lab, labFolder, target, signal } = what;
    const output = join(root, '.lab', 'out', `${lab}.cdk`);
    const args = ['deploy', '--require-approval', 'never', '--output', output, '--progress', 'events'];
    const environment = { ...target.environment, ...withoutValidation };
    const end = await cdk.run({ args, folder: labFolder, environment }, signal);
    signal.throwIfAborted();
    if (end.code !== 0) throw new LabError(`cdk deploy ended with ${end.code}:\n${end.output.trim()}`, '');
    const name = stackNameOf(lab);
    const [theirs, ours] = await Promise.all(
      [output, await synthesized(synthesizer, what, lab)].map(async (folder) => {
        const stack = stackNamed(await stacksIn(folder), name);
        return stack && templateIn(folder, stack);
      }),
    );
    // A bundle's comments contain the paths of its files.
    const same = (text = '') => text.replace(/[0-9a-f]{64}/g, '');
    if (same(theirs) !== same(ours)) {
      throw new LabError(`The CLI writes a different template of ${name} than \`lab prove\`: see ${output}.`, '');
    }
  };
}

/** The folder of the cloud assembly, in which `locator` looks for the lines of constructs. */
async function synthesized(
  synthesizer: SerialSynthesizer,
  { root, labFolder, target, signal }: Deployable,
  lab: string,
): Promise<string> {
  const assembly = join(root, '.lab', 'out', lab);
  const order = { folder: labFolder, assembly, environment: target.environment };
  const synthesis = await synthesizer.synthesize(order, signal);
  signal.throwIfAborted();
  if (synthesis.outcome !== 'failed') return assembly;
  throw await explainSynthesis({ root, labFolder, output: synthesis.output, code: synthesis.code }, signal);
}
