import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Target } from '../aws/target.ts';
import { stackNameOf } from '../checking/subject.ts';
import { InterruptedDeploymentError } from '../failures/errors.ts';
import { missingPackage } from '../failures/missing-packages.ts';
import { requireOwn } from '../observe/own-stack.ts';
import { deployedTemplate, describe, pathsIn } from '../observe/stack.ts';
import type { Synthesis, Synthesizer } from '../synth/synthesizer.ts';
import { shownPath } from '../workshop/own-labs/home.ts';
import type { Cdk } from './cdk.ts';
import { type EventFeed, stackEvents } from './events.ts';
import { explainSynthesis } from './explain.ts';
import { explainDeployment } from './explain-deployment.ts';
import { isDeployed } from './is-deployed.ts';
import { templateIn } from './manifest.ts';
import { requireFindable } from './require-findable.ts';

/** How long writing a stack takes at most, in milliseconds, even on a slow machine. */
export const usuallyWritten = 30_000;

export interface DeployOptions {
  readonly root: string;
  /** The lab's id. */
  readonly lab: string;
  /** The folder of the `stack.ts` to deploy: the learner's, or a solution's. */
  readonly labFolder: string;
  readonly target: Target;
  readonly tools: DeployTools;
  readonly signal: AbortSignal;
  /** Also aborts the synthesis, but not a deployment that has begun: there was a newer save. */
  readonly superseded?: AbortSignal;
  /** Whether saving deploys automatically, so messages needn't say how to deploy. */
  readonly isWatched?: boolean;
  /** Called if writing the stack takes longer than `usuallyWritten`; waiting for the account doesn't count. */
  readonly onSlow?: () => void;
  /** Called when the stack is written and the CDK CLI begins; for a new stack, with its number of resources. */
  readonly onSynthesized?: (resources: number | undefined) => void;
  /** Called with each stack event as it arrives. `path` is the construct's, `chat-01-missing-route/Api/Resource`. */
  readonly onEvent?: (event: StackEvent, path: string | undefined) => void;
}

/** The two programs that a deployment runs, each possibly started beforehand. */
export interface DeployTools {
  readonly synthesizer: Pick<Synthesizer, 'synthesize'>;
  readonly cdk: Pick<Cdk, 'run' | 'warm'>;
}

export interface Deployment {
  readonly outcome: 'deployed' | 'unchanged';
}

/**
 * Synthesizes a lab's stack and has the stock CDK CLI deploy it. Rejects with a LabError if it doesn't compile, throws,
 * or fails to deploy, and with an InterruptedDeploymentError when the signal aborts it.
 */
export async function deployLab(options: DeployOptions): Promise<Deployment> {
  const { root, lab } = options;
  const out = join(root, '.lab', 'out');
  // Only for this process: another one may deploy from its own output.
  const assembly = join(out, `${lab}.${process.pid}`);
  try {
    return await deployFrom(assembly, options, async () => {
      // `locator` looks here for the lines of constructs; without it, it still finds most of them.
      await rm(join(out, lab), { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
      await rename(assembly, join(out, lab)).catch(() => {});
    });
  } finally {
    await rm(assembly, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** `keep` is called when nothing needs the assembly at its place anymore. */
async function deployFrom(assembly: string, options: DeployOptions, keep: () => Promise<void>): Promise<Deployment> {
  const { root, lab, labFolder, target, tools, signal } = options;
  const stackName = stackNameOf(lab);
  const writing = options.superseded === undefined ? signal : AbortSignal.any([signal, options.superseded]);
  if (target.kind === 'aws') requireOwn(target, stackName, await describe(target, stackName));
  tools.cdk.warm();
  const [synthesis, events, deployed] = await Promise.all([
    synthesized(options, assembly, writing),
    stackEvents(target, stackName),
    deployedTemplate(target, stackName),
  ]);
  if (synthesis.outcome === 'cancelled')
    throw new InterruptedDeploymentError('Interrupted before anything was deployed.');
  if (synthesis.outcome === 'failed') {
    throw await explainSynthesis({ ...options, output: synthesis.output, code: synthesis.code }, writing);
  }
  const stack = await requireFindable(assembly, { lab, target, file: shownPath(root, join(labFolder, 'stack.ts')) });
  const written = await templateIn(assembly, stack);
  if (await isDeployed(assembly, target, { stackName, properties: stack.properties, written, deployed })) {
    await keep();
    return { outcome: 'unchanged' };
  }
  const own = pathsIn(written);
  // Deleted resources aren't in the new template.
  const paths = new Map([...pathsIn(deployed), ...own]);
  options.onSynthesized?.(deployed === '' ? own.size : undefined);

  const happened: StackEvent[] = [];
  const end = await runWatched(options, { assembly, selected: stack.displayName ?? stack.id, events }, (event) => {
    happened.push(event);
    // The command has already said that the deployment continues without it.
    if (!signal.aborted) options.onEvent?.(event, paths.get(event.LogicalResourceId ?? ''));
  });
  await keep();
  if (signal.aborted) throw interrupted(target, lab);
  if (end.code === 0) return { outcome: happened.length === 0 ? 'unchanged' : 'deployed' };
  const log = join(root, '.lab', 'out', `${lab}.log`);
  await writeFile(log, end.output);
  throw (
    missingPackage(root, end.output) ??
    explainDeployment(happened, end.output, { ...options, paths, written, deployed, log: shownPath(root, log) })
  );
}

/**
 * If somebody killed a process before it printed anything, that says nothing about the stack: try another one, once.
 */
async function synthesized(
  { labFolder, target, tools, onSlow }: DeployOptions,
  assembly: string,
  writing: AbortSignal,
): Promise<Synthesis> {
  const synthesize = () =>
    tools.synthesizer.synthesize({ folder: labFolder, assembly, environment: target.environment }, writing);
  const slow = setTimeout(() => onSlow?.(), usuallyWritten);
  try {
    const first = await synthesize();
    const isKilled = first.outcome === 'failed' && first.code === undefined && first.output.trim() === '';
    return isKilled ? await synthesize() : first;
  } finally {
    clearTimeout(slow);
  }
}

/** Runs the CLI, and passes on the stack's events meanwhile. */
async function runWatched(
  { root, target, tools, signal }: DeployOptions,
  { assembly, selected, events }: { assembly: string; selected: string; events: EventFeed },
  each: (event: StackEvent) => void,
): ReturnType<Cdk['run']> {
  const ended = new AbortController();
  const lost = new AbortController();
  const following = events.follow(each, ended.signal);
  // If a practice account doesn't answer, it has ended; the CLI would retry for a minute or two.
  following.catch(() => target.kind === 'practice' && lost.abort());
  try {
    const args = ['deploy', selected, '--app', assembly, '--method', 'direct', '--require-approval', 'never'];
    const quiet = ['--progress', 'events', '--no-notices', '--no-version-reporting', '--no-asset-prebuild'];
    const call = { args: [...args, ...quiet], folder: root, environment: target.environment };
    const until = AbortSignal.any([signal, lost.signal]);
    const end = await tools.cdk.run(call, until);
    // As with the synthesis: a process that was killed before it began.
    return end.code === undefined && end.output === '' && !until.aborted ? await tools.cdk.run(call, until) : end;
  } finally {
    ended.abort();
    if (!signal.aborted) await following;
  }
}

function interrupted(target: Target, lab: string): InterruptedDeploymentError {
  const asked = 'Interrupted.';
  const look = `\`npx lab check ${lab.split('-')[0]}\` shows its state.`;
  return new InterruptedDeploymentError(
    target.endsWithCommand
      ? `${asked} If the deployment hadn't finished, it is rolled back when the practice account next starts. ${look}`
      : `${asked} The deployment continues in ${target.title}, until it succeeds or is rolled back. ${look}`,
  );
}
