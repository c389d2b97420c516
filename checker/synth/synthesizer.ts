import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Environment, withEnvironment } from '../target/environment.ts';
import type { Job, Word } from './message.ts';

/** What became of a synthesis. `output` is what the learner's program wrote, with the stack of what it threw. */
export type Synthesis =
  | { readonly outcome: 'synthesized'; readonly assembly: string }
  | {
      readonly outcome: 'failed';
      readonly output: string;
      /** What the program ended with; undefined where it was ended from outside. */
      readonly code: number | undefined;
    }
  | { readonly outcome: 'cancelled' };

interface Spare {
  readonly child: ChildProcess;
  /** What it wrote, one piece after the other. */
  readonly output: string[];
}

/**
 * Turns a lab's `stack.ts` into a cloud assembly, each time in a process of its own. A process that was warmed
 * beforehand has loaded the CDK and synthesized a stack already: it takes 0.2 s where a new one takes 2.
 */
export class Synthesizer {
  readonly #root: string;
  #spare: Spare | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  /** Makes a process ready for the next stack, unless one is. */
  warm(): void {
    this.#spare ??= this.#spawn(['--warm']);
  }

  /** Synthesizes the stack of `folder` into `assembly`, which is emptied first. */
  async synthesize(
    { folder, assembly, environment }: { folder: string; assembly: string; environment: Environment },
    signal: AbortSignal,
  ): Promise<Synthesis> {
    await rm(assembly, { recursive: true, force: true, maxRetries: 5 });
    await mkdir(assembly, { recursive: true });
    const job: Job = {
      folder,
      environment: { ...environment, ...cdkEnvironment(assembly, await contextOf(folder), environment) },
    };
    if (signal.aborted) return { outcome: 'cancelled' };
    const { child, output } = this.#take();
    const end = () => child.kill('SIGKILL');
    signal.addEventListener('abort', end, { once: true });
    try {
      const ended = await new Promise<'synthesized' | number | undefined>((resolve, reject) => {
        child.on('message', (word: Word) => word === 'synthesized' && resolve(word));
        child.once('error', reject);
        child.once('close', (code) => resolve(code ?? undefined));
        child.send(job, (error) => error && resolve(undefined));
      });
      if (signal.aborted) return { outcome: 'cancelled' };
      return ended === 'synthesized'
        ? { outcome: 'synthesized', assembly }
        : { outcome: 'failed', output: output.join(''), code: ended };
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  /** Ends the process that was kept ready. */
  close(): void {
    this.#spare?.child.kill('SIGKILL');
    this.#spare = undefined;
  }

  #take(): Spare {
    const spare = this.#spare;
    this.#spare = undefined;
    return spare?.child.connected ? spare : this.#spawn([]);
  }

  #spawn(args: readonly string[]): Spare {
    const tsx = createRequire(join(this.#root, 'package.json')).resolve('tsx');
    const child = spawn(
      process.execPath,
      // The default of 10 frames loses the line of a grant.
      ['--stack-trace-limit=50', '--import', pathToFileURL(tsx).href, join(this.#root, 'dist', 'spare.js'), ...args],
      {
        cwd: this.#root,
        env: withEnvironment({ NODE_OPTIONS: undefined, FORCE_COLOR: '0' }),
        // Of its own group, so that Ctrl-C reaches this process alone, which knows what to do about it.
        detached: process.platform !== 'win32',
        windowsHide: true,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (piece: string) => output.push(piece));
    }
    child.on('error', () => {});
    return { child, output };
  }
}

/** What the CDK CLI 2.1148 tells a program that it runs: https://docs.aws.amazon.com/cdk/v2/guide/environments.html */
function cdkEnvironment(assembly: string, context: object, { AWS_REGION }: Environment): Environment {
  return {
    CDK_OUTDIR: assembly,
    CDK_CONTEXT_JSON: JSON.stringify({
      ...context,
      'aws:cdk:enable-path-metadata': true,
      'aws:cdk:enable-asset-metadata': true,
      'aws:cdk:disable-version-reporting': true,
      'aws:cdk:bundling-stacks': ['**'],
    }),
    CDK_DEFAULT_REGION: AWS_REGION,
    // A stack without an environment goes where the credentials lead.
    CDK_DEFAULT_ACCOUNT: undefined,
  };
}

/** The `context` of the lab's `cdk.json`, which may not be there. */
async function contextOf(folder: string): Promise<object> {
  try {
    const { context = {} } = JSON.parse(await readFile(join(folder, 'cdk.json'), 'utf8')) as { context?: object };
    return context;
  } catch {
    return {};
  }
}
