import { availableParallelism } from 'node:os';
import type { Environment } from './environment.ts';
import type { FunctionProcessState } from './functions.ts';

/**
 * How long an idle environment is kept, in milliseconds: longer than a token lives, as on AWS, so that caching of
 * tokens is detected.
 */
const keptIdle = 8 * 60_000;
/**
 * How long further idle environments of the same version are kept, in milliseconds: each takes up to 100 MB, and only a
 * burst needs more than one.
 */
const surplusKeptIdle = 60_000;
/** How many idle environments are kept besides busy ones: the room's functions, each warm for a few people at once. */
const mostIdle = 12;
const cores = availableParallelism();
/** How many start or are busy at a time. */
const mostActive = 2 * cores;

/** Ends the key of an environment that may only finish its work. */
const retired = ' retired';

function isRetired(key: string): boolean {
  return key.endsWith(retired);
}

/** The execution environments of all functions, each with the key of the invocations that it can serve. */
export class Environments {
  readonly #keys = new Map<Environment, string>();

  /** Each environment with its key, as they are now: ending one can start another. */
  [Symbol.iterator](): IterableIterator<[Environment, string]> {
    return [...this.#keys][Symbol.iterator]();
  }

  get size(): number {
    return this.#keys.size;
  }

  add(environment: Environment, key: string): void {
    this.#keys.set(environment, key);
  }

  remove(environment: Environment): void {
    this.#keys.delete(environment);
  }

  keyOf(environment: Environment): string | undefined {
    return this.#keys.get(environment);
  }

  /** Whether one with this key is in one of these states; without states, in any. */
  has(key: string, ...states: ReadonlyArray<Environment['state']>): boolean {
    return [...this.#keys].some(
      ([{ state }, other]) => other === key && (states.length === 0 || states.includes(state)),
    );
  }

  /** Whether one of this function can serve another invocation. */
  canServe(functionArn: string): boolean {
    return [...this.#keys].some(
      ([{ record, state }, key]) => record.FunctionArn === functionArn && state !== 'ended' && !isRetired(key),
    );
  }

  /** Returns how many are in a state, by key. */
  count(wanted: Environment['state']): Map<string, number> {
    const counts = new Map<string, number>();
    for (const [{ state }, key] of this.#keys) {
      if (state === wanted) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }

  /** Returns when the busy ones last took an event, by key: milliseconds of `performance.now()`. */
  lastTaken(): Map<string, number> {
    const times = new Map<string, number>();
    for (const [{ state, since }, key] of this.#keys) {
      if (state === 'busy') times.set(key, Math.max(since, times.get(key) ?? since));
    }
    return times;
  }

  /** Whether as many are busy as there are cores. */
  get areCoresBusy(): boolean {
    return [...this.#keys.keys()].filter(({ state }) => state === 'busy').length >= cores;
  }

  /** Whether one would have to end for another. */
  get isFull(): boolean {
    return this.size >= mostIdle;
  }

  /** Whether another one may start; if there are many, the one that was idle longest is ended for it. */
  makeRoom(): boolean {
    const living = [...this.#keys.keys()].filter(({ state }) => state !== 'ended');
    const idle = living.filter(({ state }) => state === 'idle').sort((a, b) => a.since - b.since);
    if (living.length - idle.length >= mostActive) return false;
    if (idle.length >= mostIdle) idle[0]?.end();
    return true;
  }

  /** Ends a function's environments; a busy one finishes its work first. */
  retire(functionArn: string): void {
    for (const [environment, key] of this) {
      if (environment.record.FunctionArn !== functionArn) continue;
      // The key of a retired one no longer matches any invocation.
      if (environment.state !== 'busy') environment.end();
      else this.#keys.set(environment, key + retired);
    }
  }

  /** Ends an environment that may no longer serve anybody, and returns whether it did. */
  endIfStale(environment: Environment): boolean {
    const isStale = isRetired(this.keyOf(environment) ?? '') || environment.isPastItsTime;
    if (isStale) environment.end();
    return isStale;
  }

  /** Ends those that were idle for a long time; of several with the same key, the one that is used first stays longer. */
  endOld(): void {
    const kept = new Set<string>();
    for (const [environment, key] of this) {
      const idle = performance.now() - environment.since;
      if (environment.state !== 'idle' || this.endIfStale(environment)) continue;
      if (idle > (kept.has(key) ? surplusKeptIdle : keptIdle)) environment.end();
      else kept.add(key);
    }
  }

  endAll(): void {
    for (const [environment] of this) environment.end();
  }

  states(): FunctionProcessState[] {
    return [...this.#keys.keys()].map(({ record, name, state }) => ({
      functionArn: record.FunctionArn,
      process: name,
      state,
    }));
  }
}
