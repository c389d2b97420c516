import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Target } from '../aws/target.ts';
import { stackNameOf } from '../checking/subject.ts';
import { InterruptedDeploymentError, LabError } from '../failures/errors.ts';
import { missingPackage } from '../failures/missing-packages.ts';
import { withoutNoise } from '../failures/reason.ts';
import { isCause } from '../observe/first-failure.ts';
import { locator } from '../observe/locate.ts';
import { requireOwn } from '../observe/own-stack.ts';
import { deployedTemplate, describe, pathsIn } from '../observe/stack.ts';
import type { Synthesis, Synthesizer } from '../synth/synthesizer.ts';
import { shownPath } from '../workshop/own-labs/home.ts';
import type { Cdk } from './cdk.ts';
import { cliFailure } from './cli-failure.ts';
import { type EventFeed, stackEvents } from './events.ts';
import { explainSynthesis } from './explain.ts';
import { isDeployed } from './is-deployed.ts';
import { missingExport } from './missing-export.ts';
import { requireFindable } from './require-findable.ts';

/** Within that time, in milliseconds, a stack is written also on a slow machine. */
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
  /** Ends the synthesis as well, but not a deployment that has begun: a newer save came. */
  readonly superseded?: AbortSignal;
  /** Whether a save deploys by itself, so that nobody need be told to. */
  readonly isWatched?: boolean;
  /** Told where writing the stack takes longer than `usuallyWritten`: the account is not waited for then. */
  readonly onSlow?: () => void;
  /** Told when the stack is written and the CDK CLI begins; of a new stack, how many resources it has. */
  readonly onSynthesized?: (resources: number | undefined) => void;
  /** Told of each stack event as it comes. `path` is the construct's, `chat-01-missing-route/Api/Resource`. */
  readonly onEvent?: (event: StackEvent, path: string | undefined) => void;
}

/** The two programs that a deployment runs, each perhaps warm. */
export interface DeployTools {
  readonly synthesizer: Synthesizer;
  readonly cdk: Cdk;
}

export interface Deployment {
  readonly outcome: 'deployed' | 'unchanged';
}

/**
 * Synthesizes a lab's stack and lets the stock CDK CLI deploy it. Rejects with a LabError where it does not compile,
 * throws, or fails to deploy, and with an InterruptedDeploymentError when the signal ends it.
 */
export async function deployLab(options: DeployOptions): Promise<Deployment> {
  const { root, lab } = options;
  const out = join(root, '.lab', 'out');
  // Of this process alone: another one may deploy from what it wrote.
  const assembly = join(out, `${lab}.${process.pid}`);
  try {
    return await deployFrom(assembly, options, async () => {
      // Where `locator` looks for the lines of constructs; without it, it finds most of them all the same.
      await rm(join(out, lab), { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
      await rename(assembly, join(out, lab)).catch(() => {});
    });
  } finally {
    await rm(assembly, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** `keep` is called when nothing needs the assembly where it is any more. */
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
  await requireFindable(assembly, { lab, target, file: shownPath(root, join(labFolder, 'stack.ts')) });
  if (await isDeployed(assembly, target, { stackName, deployed })) {
    await keep();
    return { outcome: 'unchanged' };
  }
  const written = await constructPaths(assembly, stackName, shownPath(root, labFolder));
  // What is deleted is not in the new template.
  const paths = new Map([...pathsIn(deployed), ...written]);
  options.onSynthesized?.(deployed === '' ? written.size : undefined);

  const happened: StackEvent[] = [];
  const end = await runWatched(options, { assembly, stackName, events }, (event) => {
    happened.push(event);
    options.onEvent?.(event, paths.get(event.LogicalResourceId ?? ''));
  });
  await keep();
  if (signal.aborted) throw interrupted(target, lab);
  if (end.code === 0) return { outcome: happened.length === 0 ? 'unchanged' : 'deployed' };
  const log = join(root, '.lab', 'out', `${lab}.log`);
  await writeFile(log, end.output);
  throw (
    missingPackage(root, end.output) ?? failure(happened, end.output, { ...options, paths, log: shownPath(root, log) })
  );
}

/** A process that somebody ended before it said a word says nothing of the stack: another one is asked, once. */
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

/** Runs the CLI, and hands on the stack's events while it does. */
async function runWatched(
  { root, target, tools, signal }: DeployOptions,
  { assembly, stackName, events }: { assembly: string; stackName: string; events: EventFeed },
  each: (event: StackEvent) => void,
): ReturnType<Cdk['run']> {
  const ended = new AbortController();
  const lost = new AbortController();
  const following = events.follow(each, ended.signal);
  // A practice account that does not answer has ended, and the CLI would try again for a minute or two.
  following.catch(() => target.kind === 'practice' && lost.abort());
  try {
    const args = ['deploy', stackName, '--app', assembly, '--method', 'direct', '--require-approval', 'never'];
    const quiet = ['--progress', 'events', '--no-notices', '--no-version-reporting', '--no-asset-prebuild'];
    const call = { args: [...args, ...quiet], folder: root, environment: target.environment };
    const until = AbortSignal.any([signal, lost.signal]);
    const end = await tools.cdk.run(call, until);
    // As with the synthesis: a process that was ended before it began.
    return end.code === undefined && end.output === '' && !until.aborted ? await tools.cdk.run(call, until) : end;
  } finally {
    ended.abort();
    if (!signal.aborted) await following;
  }
}

/** The paths of the constructs by logical id, as the CDK writes them beside each resource. */
async function constructPaths(assembly: string, stackName: string, folder: string): Promise<Map<string, string>> {
  let template: string;
  try {
    template = await readFile(join(assembly, `${stackName}.template.json`), 'utf8');
  } catch {
    throw new LabError(
      `${folder}/stack.ts makes no stack named ${stackName}.`,
      'The name is how the lab is found again: give the stack its name back.',
    );
  }
  return pathsIn(template);
}

/** Why a deployment failed: the first resource that did, what CloudFormation says of it, and where it stands. */
function failure(
  happened: readonly StackEvent[],
  output: string,
  {
    root,
    lab,
    labFolder,
    isWatched,
    target,
    paths,
    log,
  }: DeployOptions & { paths: ReadonlyMap<string, string>; log: string },
): LabError {
  const missing = missingExport(happened, output, {
    root,
    labFolder,
    lab,
    target,
    again: isWatched ? 'save' : 'deploy again',
  });
  if (missing !== undefined) return missing;
  const first = happened.find(isCause);
  if (first === undefined) return cliFailure(output, { lab, log, target });
  const { LogicalResourceId: id = '', ResourceType = '', ResourceStatusReason: reason = 'no reason given' } = first;
  const place = locator({ root, labFolder, paths })(id);
  const where = place === undefined ? '' : `\n  at ${place.file}:${place.line}`;
  return new LabError(
    `The deployment of ${lab} failed at ${paths.get(id) ?? id} (${ResourceType}):\n  ${withoutNoise(reason)}${where}`,
    afterwards(happened, { lab, log, again: isWatched ? 'save' : 'deploy again' }),
  );
}

/** What is left after a deployment that failed, and what to do. */
function afterwards(
  happened: readonly StackEvent[],
  { lab, log, again }: { readonly lab: string; readonly log: string; readonly again: string },
): string {
  const ended = happened.findLast(({ ResourceType }) => ResourceType === 'AWS::CloudFormation::Stack')?.ResourceStatus;
  switch (ended) {
    case 'UPDATE_ROLLBACK_COMPLETE':
      return `It was rolled back: the room is as it was before. Repair the cause and ${again}.`;
    case 'ROLLBACK_COMPLETE':
      return `It was the first deployment, and it was rolled back: there is no room yet. Repair the cause and ${again}; the CDK deletes what is left of the stack first.`;
    case 'ROLLBACK_FAILED':
    case 'CREATE_FAILED':
      return `It was the first deployment, and it could not be rolled back as a whole. \`npx lab destroy ${lab.split('-')[0]}\` deletes what is left; repair the cause and ${again}.`;
    default:
      return `See ${log}.`;
  }
}

function interrupted(target: Target, lab: string): InterruptedDeploymentError {
  const asked = 'Interrupted.';
  const look = `\`npx lab check ${lab.split('-')[0]}\` says where it is.`;
  return new InterruptedDeploymentError(
    target.endsWithCommand
      ? `${asked} If the deployment had not finished by then, it is rolled back when the practice account next starts; if it had, it stays. ${look}`
      : `${asked} The deployment goes on in ${target.title} by itself, to its end or back. ${look}`,
  );
}
