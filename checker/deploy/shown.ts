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

export interface ShownDeployment {
  readonly lab: string;
  readonly target: Target;
  readonly tools: DeployTools;
  /** Whether a save deploys by itself. */
  readonly isWatched?: boolean;
  /** A newer save: the synthesis is not worth ending. */
  readonly superseded?: AbortSignal;
  /** Told when the CDK CLI begins: from then on it is let come to its end. */
  readonly onDeploying?: () => void;
}

/** What became of it, and what the compiler says of the files, which may come later. */
export interface Shown extends Deployment {
  /** Lines of a warning; none where it finds nothing. Never rejects. */
  readonly warning: Promise<readonly string[]>;
}

/**
 * Deploys the learner's files of a lab, draws how it goes, and notes what was deployed; another deployment of the lab
 * is waited for. Rejects as `deployLab` does.
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
  print(`Deploying ${file} into ${target.title} …`);
  drawing.stage('the CDK writes the stack');
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
        say(`${file} still runs after ${usuallyWritten / 1000} s. Perhaps a loop in it does not end?`);
        say(isWatched ? 'Repair it and save, or end this by Ctrl-C.' : 'Ctrl-C ends this.');
      },
      onSynthesized(resources) {
        drawing.expect(resources);
        onDeploying?.();
        drawing.stage('the CDK CLI deploys it');
        compile();
      },
      onEvent: (event, path) => drawing.event(event, path),
    });
    // Where there was nothing to do, it was not asked yet.
    compile();
    await recordDeployed(root, lab, target, deployed).catch((error: Error) => {
      say(`What was deployed could not be noted: ${error.message}`);
    });
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    drawing.end();
    print(
      deployment.outcome === 'unchanged'
        ? `No changes: ${lab} is deployed as it is (${seconds} s).`
        : `Deployed ${lab} in ${seconds} s.`,
    );
    return { ...deployment, warning: (compiling ?? Promise.resolve([])).then(warned) };
  } finally {
    drawing.end();
  }
}

/** A program with type errors runs all the same. */
function warned(errors: readonly string[]): string[] {
  return errors.length === 0
    ? []
    : ['It is deployed, but the TypeScript compiler finds errors in it:', ...inLines(errors)];
}
