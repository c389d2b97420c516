import { join } from 'node:path';
import type { Target } from '../aws/target.ts';
import type { Program } from '../cli/program.ts';
import { drawOnOutput } from '../report/deployment.ts';
import { labFolder } from '../workshop/lab-files.ts';
import { shownPath } from '../workshop/own-labs/home.ts';
import { fingerprint, recordDeployed } from '../workshop/sources.ts';
import { compilerErrors, inLines } from './compiler.ts';
import { type Deployment, type DeployTools, deployLab, usuallyWritten } from './deploy.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { sweepLeft } from './sweep-left.ts';
import { noteTypeErrors } from './type-errors.ts';

export interface ShownDeployment {
  readonly lab: string;
  readonly target: Target;
  readonly tools: DeployTools;
  /** Whether saving deploys automatically. */
  readonly isWatched?: boolean;
  /** A newer save aborts this: finishing the synthesis isn't worthwhile. */
  readonly superseded?: AbortSignal;
  /** Called when the CDK CLI begins: from then on it is allowed to finish. */
  readonly onDeploying?: () => void;
}

/** The result, and the compiler's warnings about the files, which may come later. */
export interface Shown extends Deployment {
  /** Lines of a warning; none if it finds nothing. Never rejects. */
  readonly warning: Promise<readonly string[]>;
}

/**
 * Deploys the learner's files of a lab, draws the progress, and records what was deployed. Waits for another deployment
 * of the lab. Rejects as `deployLab` does.
 */
export async function deployShown(program: Program, options: ShownDeployment): Promise<Shown> {
  const { root, signal, say } = program;
  const { lab, superseded } = options;
  await sweepLeft(root);
  const waiting = superseded === undefined ? signal : AbortSignal.any([signal, superseded]);
  return oneAtATime({ root, lab, signal: waiting, say }, () => deployNow(program, options));
}

async function deployNow(
  { root, signal, isTerminal, print, say }: Program,
  { lab, target, tools, isWatched = false, superseded, onDeploying }: ShownDeployment,
): Promise<Shown> {
  const folder = labFolder(root, lab);
  const deployed = fingerprint(folder);
  const ended = superseded === undefined ? signal : AbortSignal.any([signal, superseded]);
  let compiling: Promise<string[]> | undefined;
  const compile = () => {
    compiling ??= compilerErrors(root, folder, ended, true).catch(() => []);
  };
  const began = performance.now();
  const drawing = drawOnOutput({ isTerminal, isBrief: isWatched });
  const file = shownPath(root, join(folder, 'stack.ts'));
  print(`Deploying ${file} to ${target.title} …`);
  drawing.stage('the CDK synthesizes the stack');
  try {
    const deployment = await deployLab({
      root,
      lab,
      labFolder: folder,
      target,
      tools,
      signal,
      isWatched,
      superseded,
      onSlow() {
        drawing.end();
        say(`${file} is still running after ${usuallyWritten / 1000} s. Does it have an endless loop?`);
        say(isWatched ? 'Repair it and save, or press Ctrl-C to stop.' : 'Press Ctrl-C to stop.');
      },
      onSynthesized(resources) {
        drawing.expect(resources);
        onDeploying?.();
        drawing.stage('the CDK CLI deploys it');
        compile();
      },
      onEvent: (event, path) => drawing.event(event, path),
    });
    // If there was nothing to do, it wasn't checked yet.
    compile();
    await recordDeployed(root, lab, target, deployed).catch((error: Error) => {
      say(`The deployment couldn't be recorded: ${error.message}`);
    });
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    drawing.end();
    print(
      deployment.outcome === 'unchanged'
        ? `No changes: ${lab} is up to date (${seconds} s).`
        : `Deployed ${lab} in ${seconds} s.`,
    );
    const warning = (compiling ?? Promise.resolve([])).then(async (errors) => {
      if (!ended.aborted) await noteTypeErrors(root, lab, { of: deployed, errors }).catch(() => {});
      return warned(errors, deployment.outcome);
    });
    return { ...deployment, warning };
  } finally {
    drawing.end();
  }
}

/**
 * A program with type errors still runs. They stop a deployment only if the program fails: then `explainSynthesis` has
 * them.
 */
function warned(errors: readonly string[], outcome: Deployment['outcome']): string[] {
  if (errors.length === 0) return [];
  const heading =
    outcome === 'unchanged'
      ? 'Nothing to deploy, but the TypeScript compiler found errors:'
      : 'Deployed, but the TypeScript compiler found errors:';
  return [heading, ...inLines(errors)];
}
