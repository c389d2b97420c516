import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareJob } from '../synth/job.ts';
import { spawnTyped } from '../synth/spawn.ts';
import { type Synthesis, Synthesizer } from '../synth/synthesizer.ts';
import { onlyBuilds } from './only-builds.ts';
import type { Report } from './synthesis-report.ts';

type Order = Parameters<Synthesizer['synthesize']>[0];

/**
 * Turns one `stack.ts` after another into cloud assemblies, in one process as long as none leaves traces in it. One
 * that might, that throws or that ends the process is synthesized like a learner's, in a separate process.
 */
export class SerialSynthesizer {
  readonly #root: string;
  readonly #alone: Synthesizer;
  #child: ChildProcess | undefined;
  /** Stacks synthesized in the child: Node.js loads a module only once. */
  readonly #done = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(root: string) {
    this.#root = root;
    this.#alone = new Synthesizer(root);
  }

  /** One at a time; others wait. */
  async synthesize(order: Order, signal: AbortSignal): Promise<Synthesis> {
    const read = (path: string) =>
      existsSync(join(order.folder, path)) ? readFileSync(join(order.folder, path), 'utf8') : undefined;
    if (!onlyBuilds(read('stack.ts') ?? '', read)) return this.#alone.synthesize(order, signal);
    const turn = this.#last.then(() => this.#together(order, signal));
    this.#last = turn.catch(() => {});
    const isWritten = await turn;
    if (signal.aborted) return { outcome: 'cancelled' };
    return isWritten ? { outcome: 'synthesized', assembly: order.assembly } : this.#alone.synthesize(order, signal);
  }

  close(): void {
    this.#end();
    this.#alone.close();
  }

  /** Whether the stack was written. */
  async #together(order: Order, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    const job = await prepareJob(order);
    if (this.#done.has(order.folder) || this.#child?.connected !== true) this.#begin();
    this.#done.add(order.folder);
    const child = this.#child;
    const report = await new Promise<Report | undefined>((resolve) => {
      const end = () => resolve(undefined);
      signal.addEventListener('abort', end, { once: true });
      child?.once('message', (word: Report) => {
        signal.removeEventListener('abort', end);
        resolve(word);
      });
      child?.once('close', end);
      child?.send(job, (error) => error && end());
    });
    if (report === undefined || report.traces.length > 0 || !report.isWritten) this.#end();
    child?.removeAllListeners('message').removeAllListeners('close');
    return report?.isWritten === true;
  }

  #begin(): void {
    this.#end();
    this.#child = spawnTyped(this.#root, 'synthesis.js', []);
    this.#child.on('error', () => {});
    // A stack's output is discarded, and must not fill the pipe.
    this.#child.stdout?.resume();
    this.#child.stderr?.resume();
  }

  #end(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
    this.#done.clear();
  }
}
