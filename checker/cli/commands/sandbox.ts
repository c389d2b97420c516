import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { acquire, requireAnswer } from '../../aws/acquire.ts';
import { startInBackground } from '../../aws/background.ts';
import { practiceTarget } from '../../aws/open.ts';
import {
  accountFolder,
  announcedOwner,
  isHeld,
  type Limits,
  type Owner,
  practiceIdentity,
  practiceLimits,
  practiceTitle,
  runningAccount,
  usualPort,
  type Weather,
} from '../../aws/practice.ts';
import { stopAccount } from '../../aws/stop.ts';
import { exitCode, LabError } from '../../failures/errors.ts';
import { until } from '../../process/until.ts';
import { dateAndTimeOf } from '../../report/words.ts';
import { labs } from '../../workshop/labs.ts';
import { forgetDeployed } from '../../workshop/sources.ts';
import { askToDelete, requireTerminal } from '../ask-to-delete.ts';
import type { Program } from '../program.ts';

export interface SandboxStartOptions {
  readonly port?: number;
  readonly weather?: 'aws' | 'calm';
  /** The seed of everything random in AWS's weather; 1 by default. */
  readonly seed?: number;
}

/**
 * `lab sandbox start`: returns when the account is ready; it keeps running in the background. Rejects if it's running
 * already, but at another port, in other weather or with another seed.
 */
export async function sandboxStart(
  { root, print, say, signal }: Program,
  options: SandboxStartOptions,
): Promise<number> {
  const running = await runningAccount(root);
  if (running !== undefined) {
    const already = `The practice account is already running at ${addressOf(running)} ("${running.command}", process ${running.pid}).`;
    const kept = [
      // Port 0 is any port.
      ...(options.port && options.port !== running.port ? ['port'] : []),
      ...(options.weather !== undefined && (options.weather === 'aws') !== (running.forecast !== undefined)
        ? ['weather']
        : []),
      ...(options.seed !== undefined && running.forecast !== undefined && options.seed !== running.forecast.seed
        ? ['seed']
        : []),
    ];
    if (kept.length > 0) {
      throw new LabError(
        `${already} It keeps its ${kept.join(' and its ')}.`,
        'To change that, run `npx lab sandbox stop` and start it again.',
      );
    }
    print(already);
    return exitCode.fixed;
  }
  const wanted = {
    port: options.port ?? usualPort,
    asked: options.port !== undefined,
    weather: options.weather === 'aws' ? { seed: options.seed ?? 1 } : undefined,
  };
  const port = await startAt(root, wanted, say, signal);
  const weather = wanted.weather === undefined ? '' : `, with AWS's weather (seed ${wanted.weather.seed})`;
  print(`The practice account is running at http://127.0.0.1:${port}${weather}.`);
  if (port !== usualPort)
    print('Point your shell at it with `eval "$(npx lab env)"`. Do that in each shell that you use.');
  return exitCode.fixed;
}

/** Starts the account in the background and resolves with its port. */
async function startAt(
  root: string,
  { weather, ...wanted }: { readonly port: number; readonly asked: boolean; readonly weather?: Weather },
  say: Program['say'],
  signal: AbortSignal,
): Promise<number> {
  const { port } = await acquire<{ port: number }>({
    ...wanted,
    say,
    signal,
    async attempt(at) {
      const running = await runningAccount(root);
      if (running !== undefined) return running;
      const report = await startInBackground(root, at, weather);
      if (report.type === 'failed') throw new LabError(report.message, report.next);
      if (report.type === 'busy') return { busy: await announcedOwner(root) };
      return report.type === 'ready' ? report : 'port taken';
    },
  });
  return port;
}

/** `lab sandbox status`: rejects if the owner can't be read, or if the account runs but doesn't answer. */
export async function sandboxStatus({ root, print }: Program): Promise<number> {
  if (existsSync(join(accountFolder(root), 'identity.json'))) await practiceIdentity(root);
  const running = await runningAccount(root);
  if (running === undefined) {
    const owner = await announcedOwner(root);
    const isInUse = owner !== undefined && (await isHeld(root));
    if (isInUse) requireAnswer(owner);
    print(
      isInUse
        ? `The practice account is in use by "${owner.command}" (process ${owner.pid}), and ends with it.`
        : "The practice account isn't running. Commands that need it start it themselves.",
    );
    return exitCode.notFixed;
  }
  const since = (await stat(join(accountFolder(root), 'owner.json'))).mtime;
  const weather = running.forecast === undefined ? '' : `, with AWS's weather (seed ${running.forecast.seed})`;
  print(`The practice account is running at ${addressOf(running)}${weather}.`);
  print(`Started by "${running.command}" (process ${running.pid}), ${dateAndTimeOf(since.toISOString())}.`);
  for (const line of nearLimits(await practiceLimits(running))) print(line);
  const stacks = await deployedStacks(root, running);
  print(stacks.length === 0 ? 'No lab is deployed in it.' : `Deployed in it: ${stacks.join(', ')}.`);
  return exitCode.fixed;
}

/** The share of a limit above which it is worth a line. */
const near = 0.8;

function nearLimits(limits: Limits | undefined): string[] {
  return Object.entries({ ...limits })
    .filter(([, { open, most }]) => open >= most * near)
    .map(
      ([what, { open, most }]) =>
        `Near its limit: ${open} of ${most} ${what} are open. Close connections, or stop the programs that hold them.`,
    );
}

async function deployedStacks(root: string, running: Owner): Promise<string[]> {
  const target = practiceTarget(await practiceIdentity(root), running.port, {
    allowPage: async () => {},
    close: async () => {},
    forecast: running.forecast,
  });
  try {
    const { paginateDescribeStacks } = await import('../../aws/sdk/cloudformation.ts');
    const client = await target.clients.cloudformation();
    const stacks: string[] = [];
    for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {}))
      stacks.push(...Stacks.map(({ StackName, StackStatus }) => `${StackName} (${StackStatus})`));
    // Every account has the bootstrap stack.
    return stacks.filter((stack) => !stack.startsWith('CDKToolkit '));
  } finally {
    await target.close();
  }
}

/** `lab sandbox stop` */
export async function sandboxStop({ root, print }: Program): Promise<number> {
  const stopped = await stopAccount(root);
  print(
    stopped === undefined
      ? "The practice account wasn't running."
      : `The practice account at ${addressOf(stopped)} has stopped. Everything deployed in it is kept.`,
  );
  return exitCode.fixed;
}

/**
 * `lab sandbox reset`: deletes everything in the account except its keys. If it was running in the background, it runs
 * there again. Asks first. Throws a UsageError if there is no terminal to ask in, and an InterruptedError if the answer
 * is no.
 */
export async function sandboxReset(
  program: Program,
  { yes = false }: { readonly yes?: boolean } = {},
): Promise<number> {
  const { root, print, say, signal } = program;
  if (!yes) {
    requireTerminal(program, 'npx lab sandbox reset --yes');
    await askToDelete(program, 'Delete everything in the practice account? Your files stay.');
  }
  const announced = await announcedOwner(root);
  // One that is killed at this moment starts again, too.
  const running = await runningAccount(root);
  const stopped = (await stopAccount(root)) ?? running;
  // An owner that has just ended may still be closing the state.
  if (!(await until(async () => !(await isHeld(root)), stopped === undefined ? 0 : 2000))) {
    const owner = await announcedOwner(root);
    throw new LabError(
      `The practice account is in use by ${owner === undefined ? 'another process' : `"${owner.command}" (process ${owner.pid})`}.`,
      'Wait until it ends, and try again.',
    );
  }
  const folder = accountFolder(root);
  // Shells that were pointed at the account keep their keys, unless the keys can't be read anymore.
  const kept = await practiceIdentity(root).then(
    () => ['identity.json'],
    (): string[] => [],
  );
  for (const name of await readdir(folder).catch(() => [])) {
    if (!kept.includes(name)) await rm(join(folder, name), { recursive: true, force: true, maxRetries: 5 });
  }
  for (const { id } of labs) await forgetDeployed(root, id, { title: practiceTitle });
  print('Practice account reset. Your files are unchanged.');
  if (stopped?.command === 'lab sandbox start') {
    const port = await startAt(
      root,
      { port: stopped.port, asked: false, ...(stopped.forecast && { weather: stopped.forecast }) },
      say,
      signal,
    );
    print(`It is running at http://127.0.0.1:${port}.`);
  } else if (announced?.command === 'lab sandbox start') {
    // An account that stops withdraws its announcement.
    print("It isn't running: it was killed before. Start it with `npx lab sandbox start`.");
  }
  return exitCode.fixed;
}

function addressOf({ port }: Pick<Owner, 'port'>): string {
  return `http://127.0.0.1:${port}`;
}
