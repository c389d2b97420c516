import { fingerprint } from '../workshop/sources.ts';

/** What a round is doing: a newer save ends all but a deployment, which is let come to its end. */
export type Round = (superseded: AbortSignal) => Promise<void>;

export interface RoundsOptions {
  /** The folder that is worked on now. */
  readonly folder: () => string;
  readonly round: Round;
  /** Told that there was a save while a round runs, once a round. */
  readonly onSuperseded: () => void;
  /** Told what a round rejected with; the next save makes one again. */
  readonly onError: (error: unknown) => void;
}

/**
 * Runs one round after another, each for the newest save. A save while a round runs makes another one follow; the
 * signal tells the running one that it is superseded. Saves that changed nothing make none.
 */
export class Rounds {
  readonly #options: RoundsOptions;
  #running: AbortController | undefined;
  #last: string | undefined;
  #again = false;
  #idle: Promise<void> = Promise.resolve();

  constructor(options: RoundsOptions) {
    this.#options = options;
  }

  /** Whether a round runs that no newer save has overtaken. */
  get busy(): boolean {
    return this.#running?.signal.aborted === false;
  }

  /** Whether what is in the folder is not what the last round was for. */
  isBehind(): boolean {
    return this.#last !== undefined && fingerprint(this.#options.folder()) !== this.#last;
  }

  /** Something was saved, or `always`, somebody asked. Throws where the folder cannot be read. */
  request(always = false): void {
    if (!always && fingerprint(this.#options.folder()) === this.#last) return;
    this.#again = true;
    if (this.#running === undefined) {
      this.#idle = this.#run();
    } else if (!this.#running.signal.aborted) {
      this.#options.onSuperseded();
      this.#running.abort();
    }
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
      try {
        this.#last = fingerprint(this.#options.folder());
        await this.#options.round(this.#running.signal);
      } catch (error) {
        this.#options.onError(error);
      }
    }
    this.#running = undefined;
  }
}
