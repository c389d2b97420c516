import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Target } from '../checker/aws/target.ts';
import type { DeployTools } from '../checker/deploy/deploy.ts';
import { stacksIn } from '../checker/deploy/manifest.ts';
import { LabError } from '../checker/failures/errors.ts';
import { deployAssembly } from '../checker/prove/deploy-assembly.ts';
import { layOut } from '../checker/prove/lay-out.ts';
import { SerialSynthesizer } from '../checker/prove/serial-synthesizer.ts';
import { variantsOf } from '../checker/prove/variants.ts';
import { findLab } from '../checker/workshop/lab-name.ts';
import { workshopRoot } from '../checker/workshop/root.ts';

// The CDK and its CLI take seconds to load. Test files of one worker share a process that has loaded them, and deploy
// its output through the same APIs as the CLI; tests/cli/ and `lab prove` run the CLI itself.

const root = workshopRoot();
const synthesizer = new SerialSynthesizer(root);
let bundled: Promise<unknown> | undefined;

/** Resolves when the bundle, from which deployments run programs, is as new as its sources. */
export function bundle(): Promise<unknown> {
  bundled ??= promisify(execFile)(process.execPath, [join(root, 'checker', 'launch', 'lab.mjs'), '--help']);
  return bundled;
}

/** Returns the tools for a deployment into this account. */
export function quickTools(target: Target): DeployTools {
  return {
    synthesizer,
    cdk: {
      warm() {},
      async run({ args: [, id = '', , assembly = ''] }) {
        try {
          const stack = (await stacksIn(assembly)).get(id);
          await deployAssembly(target, assembly, stack?.properties?.stackName ?? id);
          return { code: 0, output: '' };
        } catch (error) {
          if (!(error instanceof LabError)) throw error;
          return { code: 1, output: error.message };
        }
      },
    },
  };
}

/** Deploys a variant of a lab: its `start`, its `solution`. Returns the folder with its files. */
export async function deployVariant(name: string, which: string, target: Target): Promise<string> {
  const { signal } = new AbortController();
  await bundle();
  const lab = findLab(name);
  const found = (await variantsOf(root, lab)).find((variant) => variant.name === which);
  if (found === undefined) throw new Error(`${name} has no ${which}`);
  const folder = await layOut(root, lab.id, { ...found, name: `test-${process.pid}-${Date.now()}` });
  const labFolder = join(folder, 'labs', lab.id);
  const assembly = join(folder, '.lab', 'out', lab.id);
  await synthesizer.synthesize({ folder: labFolder, assembly, environment: target.environment }, signal);
  await deployAssembly(target, assembly, `chat-${lab.id}`);
  return folder;
}
