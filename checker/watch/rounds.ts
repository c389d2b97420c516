import { fingerprint } from '../sources.ts';

/** What a round is doing: a newer save ends all but a deployment, which is let come to its end. */
export type Round = (superseded: AbortSignal) => Promise<void>;

/**
 * Runs one round after another, each for the newest save. A save while a round runs makes another one follow; the
 * signal tells the running one that it is superseded. Saves that changed nothing make none.
 */
export class Rounds {
  readonly #round: Round;
  readonly #folder: () => string;
  #running: AbortController | undefined;
  #last: string | undefined;
  #again = false;
  #idle: Promise<void> = Promise.resolve();
  /** Tells `failed` that a round, or what belongs to it, cannot go on. */
  fail: (error: unknown) => void = () => {};
  /** What the first of them said. */
  failure: unknown;
  /** Rejects when a round does. */
  readonly failed: Promise<never>;

  constructor(folder: () => string, round: Round) {
    this.#folder = folder;
    this.#round = round;
    this.failed = new Promise((_, reject) => {
      this.fail = (error) => {
        this.failure ??= error;
        reject(error);
      };
    });
    this.failed.catch(() => {});
  }

  /** Something was saved, or `always`, somebody asked. */
  request(always = false): void {
    if (!always && fingerprint(this.#folder()) === this.#last) return;
    this.#again = true;
    if (this.#running === undefined) this.#idle = this.#run().catch(this.fail);
    else this.#running.abort();
  }

  /** Ends the running round, but for a deployment; the next one is not for what was saved before. */
  supersede(): void {
    this.#again = false;
    this.#running?.abort();
  }

  /** Resolves when no round runs. */
  idle(): Promise<void> {
    return this.#idle;
  }

  async #run(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      this.#running = new AbortController();
      this.#last = fingerprint(this.#folder());
      await this.#round(this.#running.signal);
    }
    this.#running = undefined;
  }
}
