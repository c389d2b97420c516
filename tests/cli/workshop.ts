import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const checkout = join(import.meta.dirname, '..', '..');

/** The output and exit code of a command. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of the workshop with its own `.lab` and files, in which `lab` runs the way a learner runs it. */
export interface Workshop {
  readonly root: string;
  /** Options for running `lab`. */
  readonly environment: NodeJS.ProcessEnv;
  /** Runs `lab` until it exits. */
  lab(...args: string[]): Promise<Ended>;
  /** Starts `lab`; `saw` resolves when its output contains the text. */
  start(...args: string[]): Running;
  /** Ends running commands and deletes the copy. */
  remove(): Promise<void>;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  saw(text: string | RegExp): Promise<string>;
}

/** Creates a workshop with the labs as shipped. `environment` is added to each command's. */
export async function layOutWorkshop(environment: NodeJS.ProcessEnv = {}): Promise<Workshop> {
  // Any command rebuilds the bundle if a source is newer.
  await promisify(execFile)(process.execPath, [join(checkout, 'checker', 'launch', 'lab.mjs'), '--help']);
  const root = await mkdtemp(join(tmpdir(), 'websocket-lab-cli-'));
  const parts = [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'app',
    'labs',
    'solutions',
    'sandbox',
    'checker',
  ];
  for (const part of [...parts, 'dist']) {
    await cp(join(checkout, part), join(root, part), {
      recursive: true,
      preserveTimestamps: true,
      filter: (path) => !path.includes('cdk.out'),
    });
  }
  await symlink(join(checkout, 'node_modules'), join(root, 'node_modules'), 'junction');
  const running = new Set<Running>();

  const start = (...args: string[]): Running => {
    const child = spawn(process.execPath, [join(root, 'checker', 'launch', 'lab.mjs'), ...args], {
      cwd: root,
      env: { ...clean, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (piece: string) => (stdout += piece));
    child.stderr.setEncoding('utf8').on('data', (piece: string) => (stderr += piece));
    const command: Running = {
      child,
      ended: new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (code) => {
          running.delete(command);
          resolve({ code, stdout, stderr });
        });
      }),
      async saw(text) {
        const deadline = Date.now() + 50_000;
        for (;;) {
          const all = stdout + stderr;
          if (typeof text === 'string' ? all.includes(text) : text.test(all)) return all;
          if (child.exitCode !== null || Date.now() > deadline) throw new Error(`"${text}" did not come:\n${all}`);
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      },
    };
    running.add(command);
    return command;
  };
  const lab = (...args: string[]) => start(...args).ended;

  // The copy's labs are as shipped, even if those of the checkout were edited.
  await lab('reset', '--all');
  await rm(join(root, '.lab'), { recursive: true, force: true });
  return {
    root,
    environment: { ...clean, ...environment },
    lab,
    start,
    async remove() {
      for (const { child, ended } of running) {
        child.kill('SIGKILL');
        await ended;
      }
      await lab('sandbox', 'stop');
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** This process's environment, without the AWS and color settings of a person's shell. */
const clean: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(AWS_|CDK_|FORCE_COLOR$|NODE_OPTIONS$|VITEST)/.test(name)),
);
