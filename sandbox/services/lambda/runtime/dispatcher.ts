import { setTimeout as pause } from 'node:timers/promises';
import type { World } from '../../../calls/context.ts';
import type { VersionRecord } from '../records.ts';
import { Alarm } from './alarm.ts';
import type { CodeFolders } from './code.ts';
import { Environment, type EnvironmentWorld } from './environment.ts';
import { Environments } from './environments.ts';
import { closing } from './errors.ts';
import type { FunctionProcessState } from './functions.ts';
import type { Keeper } from './keeper.ts';
import { patienceOf } from './patience.ts';
import { keyOf, type Waiting, WaitingJobs } from './waiting.ts';
import { Warden } from './warden.ts';

/** A version of a function, which a process can be started for. */
type Startable = Pick<Waiting, 'record' | 'version'>;

/**
 * How long the first in the queue lets other functions' events pass before an environment is given up for it, unless it
 * waits for one of its own; and how long a function without an environment waits until too many are allowed. In
 * milliseconds.
 */
const patience = 250;

/** Gives each invocation to an environment: as many at a time as `Environments` allows; the others wait in a queue. */
export class Dispatcher {
  readonly #world: EnvironmentWorld & Pick<World, 'say' | 'weather'>;
  readonly #code: CodeFolders;
  readonly #environments = new Environments();
  readonly #waiting = new WaitingJobs();
  readonly #alarm = new Alarm(() => this.#dispatch());
  readonly #sweeper: NodeJS.Timeout;
  readonly #warden = new Warden();
  readonly #keeper: Keeper;
  /** What `prepare` was called with, in that order. */
  readonly #unprepared = new Map<string, () => Startable | undefined>();
  /** The keys of functions that failed to load: they are started when they are invoked. */
  readonly #failing = new Set<string>();
  #closed: (() => void) | undefined;

  constructor(world: EnvironmentWorld & Pick<World, 'say' | 'weather'>, code: CodeFolders) {
    this.#world = world;
    this.#code = code;
    this.#sweeper = setInterval(() => this.#environments.endOld(), 30_000).unref();
    this.#keeper = {
      warden: this.#warden,
      isAwaited: (environment) => this.#waiting.has(this.#environments.keyOf(environment)),
      idle: (environment) => {
        this.#environments.endIfStale(environment);
        this.#dispatch();
      },
      failed: (environment, answer) => {
        const key = this.#environments.keyOf(environment);
        if (key !== undefined) this.#failing.add(key);
        const job = this.#waiting.take(key);
        if (job !== undefined) answer(job);
      },
      ended: (environment) => {
        this.#environments.remove(environment);
        if (this.#environments.size === 0) this.#closed?.();
        this.#dispatch();
      },
      fault: ({ record }, error) =>
        world.say(`The practice account failed at ${record.FunctionName}: ${(error as Error).stack ?? error}`),
    };
  }

  get isClosed(): boolean {
    return this.#closed !== undefined;
  }

  add(job: Waiting): void {
    this.#waiting.add(job);
    this.#dispatch();
  }

  /** Adds a job that had its turn, before all others. */
  addAgain(job: Waiting): void {
    if (this.#closed === undefined) this.#waiting.addAgain(job);
    else job.reject(closing());
    this.#dispatch();
  }

  /**
   * Starts an environment for a function that has none, once nobody waits for another one. Then `find` returns it;
   * undefined if it was deleted or can't run.
   */
  prepare(functionArn: string, find: () => Startable | undefined): void {
    if (this.#environments.canServe(functionArn)) return;
    // One that waits already keeps its place.
    this.#unprepared.set(functionArn, find);
    this.#dispatch();
  }

  /** Ends a function's environments; a busy one finishes its work first. */
  retire(functionArn: string): void {
    this.#environments.retire(functionArn);
  }

  states(): FunctionProcessState[] {
    return this.#environments.states();
  }

  /** Rejects the waiting jobs, ends every environment, and resolves when they have ended. */
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
  #dispatch(): void {
    if (this.#closed !== undefined) return;
    if (this.#waiting.first !== undefined) this.#serve();
    if (this.#waiting.first === undefined) this.#prepareNext();
  }

  #serve(): void {
    this.#yieldToFirst();
    for (const [environment, key] of this.#environments) {
      if (environment.state !== 'idle' || this.#environments.endIfStale(environment)) continue;
      const job = this.#waiting.take(key);
      if (job !== undefined) environment.run(job);
    }
    this.#startForRest();
  }

  /** A function that is always busy must not starve the others. */
  #yieldToFirst(): void {
    const { first } = this.#waiting;
    if (first === undefined || performance.now() - first.since < patience) return;
    const isServed = this.#environments.has(first.key, 'starting', 'idle') || this.#patienceLeft()(first, false) > 0;
    if (!isServed && this.#environments.makeRoom()) this.#start(first);
  }

  /**
   * Returns how much longer an invocation waits for its function's environments, in milliseconds, as long as none of
   * them gets another state.
   */
  #patienceLeft(): (job: Waiting, isStarting: boolean) => number {
    const lastTaken = this.#environments.lastTaken();
    const { areCoresBusy } = this.#environments;
    return (job, isStarting) => {
      const patience = patienceOf(job, { isStarting, lastTaken: lastTaken.get(job.key), areCoresBusy });
      return job.since + patience - performance.now();
    };
  }

  #startForRest(): void {
    const starting = this.#environments.count('starting');
    const fresh = new Set<string>();
    const patienceLeft = this.#patienceLeft();
    for (const job of this.#waiting.all()) {
      const promised = starting.get(job.key) ?? 0;
      const isStarting = promised > 0 || fresh.has(job.key);
      const left = patienceLeft(job, isStarting);
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
    for (const job of this.#waiting.all()) {
      if (this.#environments.has(job.key)) continue;
      const left = job.since + patience - performance.now();
      if (left > 0) this.#alarm.in(left);
      else this.#start(job);
    }
  }

  /** Starts one environment after another, in the order in which they were first asked for. */
  #prepareNext(): void {
    // Later, a function would start while nobody thinks of it.
    if (this.#environments.isFull) this.#unprepared.clear();
    if (this.#environments.count('starting').size > 0) return;
    for (const [functionArn, find] of this.#unprepared) {
      this.#unprepared.delete(functionArn);
      const found = find();
      if (found === undefined) continue;
      const key = keyOf(found.record, found.version);
      if (this.#environments.has(key) || this.#failing.has(key)) continue;
      this.#start(found, { isPrepared: true });
      break;
    }
  }

  #start({ record, version }: Startable, { isPrepared } = { isPrepared: false }): void {
    const key = keyOf(record, version);
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
