import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { World } from '../../../calls/context.ts';
import { codeInUse } from '../code-in-use.ts';
import { findVersion } from '../function-name.ts';
import { CodeFolders } from './code.ts';
import { Concurrency } from './concurrency.ts';
import { Dispatcher } from './dispatcher.ts';
import type { EnvironmentWorld } from './environment.ts';
import { closing } from './errors.ts';
import type { FunctionProcessState, Functions, Invocation, InvocationResult } from './functions.ts';
import { scratchFolder } from './process-folders.ts';
import { keyOf, type Waiting } from './waiting.ts';

type ProcessesWorld = EnvironmentWorld & Pick<World, 'store' | 'blobs' | 'ids' | 'folder' | 'say' | 'weather'>;

/** How often to look whether a function still runs, in milliseconds. */
const OFTEN = 2;

/** Runs functions in separate processes. */
export class FunctionProcesses implements Functions {
  readonly #world: ProcessesWorld;
  readonly #prepares: boolean;
  readonly #concurrency: Concurrency;
  readonly #dispatcher: Dispatcher;
  #running = 0;
  /** When the last invocation ended: milliseconds of `performance.now()`. */
  #ended = performance.now();

  /** `prepares` says whether a function can get a process before its first invocation. */
  constructor(world: ProcessesWorld, { prepares }: { readonly prepares: boolean }) {
    this.#world = world;
    // If a cold start takes as long as on AWS, it is seen as often as possible.
    this.#prepares = prepares && world.weather.forecast === undefined;
    this.#concurrency = new Concurrency(world.weather);
    const code = new CodeFolders(join(world.folder, 'functions'), world.blobs);
    this.#dispatcher = new Dispatcher(world, code);
    rmSync(join(world.folder, scratchFolder), { recursive: true, force: true });
    code.sweep(codeInUse(world.store)).catch((error) => world.say(`Old function code couldn't be removed: ${error}`));
  }

  async invoke(invocation: Invocation): Promise<InvocationResult> {
    if (this.#dispatcher.isClosed) throw closing();
    const { record, version, accountId, region } = this.#find(invocation.functionArn);
    const leave = this.#concurrency.enter(record, `${accountId}/${region}`);
    this.#running += 1;
    try {
      return await new Promise<InvocationResult>((resolve, reject) => {
        const job: Waiting = {
          key: keyOf(record, version),
          record,
          version,
          requestId: invocation.requestId ?? this.#world.ids.uuid(),
          invokedArn: invocation.functionArn,
          payload: invocation.payload,
          nobodyWaits: invocation.nobodyWaits ?? false,
          since: performance.now(),
          onBegun: invocation.onBegun,
          resolve,
          reject,
          again: () => this.#dispatcher.addAgain(job),
        };
        this.#dispatcher.add(job);
      });
    } finally {
      this.#running -= 1;
      this.#ended = performance.now();
      leave();
    }
  }

  /**
   * Resolves when no invocation has been running or waiting for `least` milliseconds, or when `longest` milliseconds
   * have passed: with how long none has been, in milliseconds.
   */
  async quietFor(least: number, longest: number): Promise<number> {
    const deadline = performance.now() + longest;
    for (;;) {
      const isRunning = this.#running > 0;
      const quiet = isRunning ? 0 : performance.now() - this.#ended;
      const isEnough = !isRunning && quiet >= least;
      if (isEnough || performance.now() >= deadline || this.#dispatcher.isClosed) return quiet;
      await wait(Math.min(isRunning ? OFTEN : least - quiet, deadline - performance.now()));
    }
  }

  retire(functionArn: string): void {
    this.#dispatcher.retire(functionArn);
  }

  /** As AWS may do: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
  prepare(functionArn: string): void {
    if (!this.#prepares) return;
    this.#dispatcher.prepare(functionArn, () => this.#runnable(functionArn));
  }

  processes(): FunctionProcessState[] {
    return this.#dispatcher.states();
  }

  close(): Promise<void> {
    return this.#dispatcher.close();
  }

  /** Undefined if the function was deleted, or must not run. */
  #runnable(functionArn: string) {
    try {
      const found = this.#find(functionArn);
      return found.record.reservedConcurrency === 0 ? undefined : found;
    } catch {
      return undefined;
    }
  }

  /** Throws an AwsError if there is no such function or version. */
  #find(functionArn: string) {
    const [, , , region = '', accountId = ''] = functionArn.split(':');
    return {
      ...findVersion({ FunctionName: functionArn }, { store: this.#world.store, region, accountId }),
      region,
      accountId,
    };
  }
}
