import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { World } from '../../../calls/context.ts';
import { codeInUse } from '../code-in-use.ts';
import { findVersion } from '../function-name.ts';
import type { VersionRecord } from '../records.ts';
import { Alarm } from './alarm.ts';
import { CodeFolders } from './code.ts';
import { Concurrency } from './concurrency.ts';
import { endOrphans } from './end-orphans.ts';
import { Environment, type Keeper } from './environment.ts';
import { Environments } from './environments.ts';
import { closing } from './errors.ts';
import type { FunctionProcessState, Functions, Invocation, InvocationResult } from './functions.ts';
import { patienceOf } from './patience.ts';
import { scratchFolder } from './process-folders.ts';
import { keyOf, type Waiting, WaitingJobs } from './waiting.ts';
import { Warden } from './warden.ts';

type ProcessesWorld = Pick<
  World,
  | 'store'
  | 'blobs'
  | 'clock'
  | 'ids'
  | 'address'
  | 'folder'
  | 'sessions'
  | 'logs'
  | 'say'
  | 'callerPolicies'
  | 'weather'
>;

type Startable = Pick<Waiting, 'record' | 'version' | 'key'>;

/**
 * How long the first in the queue lets others of a busy function pass before an environment is given up for it, and how
 * long a function without an environment waits until too many are allowed. In milliseconds.
 */
const patience = 250;

/** Runs functions in separate processes, as many at a time as `Environments` allows; other invocations queue. */
export class FunctionProcesses implements Functions {
  readonly #world: ProcessesWorld;
  readonly #code: CodeFolders;
  readonly #environments = new Environments();
  readonly #concurrency: Concurrency;
  readonly #sweeper: NodeJS.Timeout;
  readonly #keeper: Keeper;
  readonly #warden = new Warden();
  readonly #waiting = new WaitingJobs();
  /** The ARNs of functions to prepare. */
  readonly #unprepared = new Set<string>();
  readonly #alarm = new Alarm(() => this.#schedule());
  #closed: (() => void) | undefined;

  constructor(world: ProcessesWorld) {
    this.#world = world;
    this.#concurrency = new Concurrency(world.weather);
    this.#code = new CodeFolders(join(world.folder, 'functions'), world.blobs);
    this.#sweeper = setInterval(() => this.#environments.endOld(), 30_000).unref();
    this.#keeper = {
      warden: this.#warden,
      isAwaited: (environment) => this.#waiting.has(this.#environments.keyOf(environment)),
      idle: (environment) => {
        this.#environments.endIfStale(environment);
        this.#schedule();
      },
      failed: (environment, answer) => {
        const job = this.#waiting.take(this.#environments.keyOf(environment));
        if (job !== undefined) answer(job);
      },
      ended: (environment) => {
        this.#environments.remove(environment);
        if (this.#environments.size === 0) this.#closed?.();
        this.#schedule();
      },
      fault: ({ record }, error) =>
        world.say(`The practice account failed at ${record.FunctionName}: ${(error as Error).stack ?? error}`),
    };
    rmSync(join(world.folder, scratchFolder), { recursive: true, force: true });
    this.#code
      .sweep(codeInUse(world.store))
      .catch((error) => world.say(`Old function code couldn't be removed: ${error}`));
  }

  /** Ends functions that are left from an earlier run. Runs after the start, which needn't wait for it. */
  endOrphans(): void {
    endOrphans(this.#world.folder);
  }

  async invoke(invocation: Invocation): Promise<InvocationResult> {
    if (this.#closed !== undefined) throw closing();
    const { record, version, accountId, region } = this.#find(invocation.functionArn);
    const leave = this.#concurrency.enter(record, `${accountId}/${region}`);
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
          again: () => this.#serveAgain(job),
        };
        this.#waiting.add(job);
        this.#schedule();
      });
    } finally {
      leave();
    }
  }

  retire(functionArn: string): void {
    this.#environments.retire(functionArn);
  }

  /** As AWS may do: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
  prepare(functionArn: string): void {
    // Where a cold start takes as long as on AWS, it is seen as often as possible.
    if (this.#world.weather.forecast !== undefined) return;
    this.#unprepared.add(functionArn);
    this.#schedule();
  }

  processes(): FunctionProcessState[] {
    return this.#environments.states();
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    this.#alarm.stop();
    const ended = new Promise<void>((resolve) => {
      this.#closed = resolve;
    });
    this.#waiting.reject(closing());
    if (this.#environments.size === 0) this.#closed?.();
    this.#environments.endAll();
    await ended;
    this.#warden.close();
  }

  /** Gives idle environments the waiting invocations, and starts new ones for the rest, as far as possible. */
  #schedule(): void {
    if (this.#closed !== undefined) return;
    if (this.#waiting.first === undefined) {
      this.#prepareNext();
      return;
    }
    this.#yieldToFirst();
    for (const [environment, key] of this.#environments) {
      if (environment.state !== 'idle' || this.#environments.endIfStale(environment)) continue;
      const job = this.#waiting.take(key);
      if (job !== undefined) environment.run(job);
    }
    this.#startForRest();
  }

  #startForRest(): void {
    const starting = this.#environments.count('starting');
    const busy = this.#environments.count('busy');
    const fresh = new Set<string>();
    for (const job of this.#waiting.all()) {
      const promised = starting.get(job.key) ?? 0;
      const isStarting = promised > 0 || fresh.has(job.key);
      const left = job.since + patienceOf(job, { isStarting, isBusy: busy.has(job.key) }) - performance.now();
      if (left > 0) this.#alarm.in(left);
      else if (promised > 0) starting.set(job.key, promised - 1);
      else if (this.#environments.makeRoom()) {
        this.#start(job);
        fresh.add(job.key);
      } else {
        this.#startForStarved();
        break;
      }
    }
  }

  /**
   * A function without an environment gets one even if too many are busy: they may wait for just that function, or
   * always have work of their own.
   */
  #startForStarved(): void {
    const seen = new Set<string>();
    for (const job of this.#waiting.all()) {
      if (seen.has(job.key) || this.#environments.has(job.key)) continue;
      seen.add(job.key);
      const left = job.since + patience - performance.now();
      if (left > 0) this.#alarm.in(left);
      else this.#start(job);
    }
  }

  /** Starts one process after another, in the order in which their functions were deployed. */
  #prepareNext(): void {
    // Later, a deployed function would start while nobody thinks of it.
    if (this.#environments.isFull) this.#unprepared.clear();
    if (this.#environments.count('starting').size > 0) return;
    for (const functionArn of this.#unprepared) {
      this.#unprepared.delete(functionArn);
      const cold = this.#coldFunction(functionArn);
      if (cold === undefined) continue;
      this.#start(cold, { isPrepared: true });
      break;
    }
  }

  /** Undefined if the function has a process, can't have one, or was deleted. */
  #coldFunction(functionArn: string): Startable | undefined {
    try {
      const { record, version } = this.#find(functionArn);
      const key = keyOf(record, version);
      const isCold = record.reservedConcurrency !== 0 && !this.#environments.has(key);
      return isCold ? { record, version, key } : undefined;
    } catch {
      return undefined;
    }
  }

  /** Throws an AwsError if there is no such function or version. */
  #find(functionArn: string) {
    const [, , , region = '', accountId = ''] = functionArn.split(':');
    return { ...findVersion({ FunctionName: functionArn }, { ...this.#world, region, accountId }), region, accountId };
  }

  /** A function that is always busy must not starve the others. */
  #yieldToFirst(): void {
    const { first } = this.#waiting;
    if (first === undefined || performance.now() - first.since < patience) return;
    const isServed = this.#environments.has(first.key, 'starting', 'idle');
    if (!isServed && this.#environments.makeRoom()) this.#start(first);
  }

  #serveAgain(job: Waiting): void {
    if (this.#closed === undefined) this.#waiting.addAgain(job);
    else job.reject(closing());
    this.#schedule();
  }

  #start({ record, version, key }: Startable, { isPrepared } = { isPrepared: false }): void {
    const environment = new Environment(record, version, this.#world, this.#keeper, isPrepared);
    this.#environments.add(environment, key);
    this.#launch(environment, version).catch((error) => {
      // The role can't be assumed, or the code can't be read: waiting invocations get the error.
      this.#waiting.take(key)?.reject(error);
      environment.end();
    });
  }

  async #launch(environment: Environment, version: VersionRecord): Promise<void> {
    const code = await this.#code.of(version.code);
    const wait = this.#world.weather.coldStart();
    if (wait > 0) await pause(wait);
    environment.start(code);
  }
}
