/** An operation was stopped because the account is closing; the next start continues it from what is recorded. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/** The stack operations in progress in this process. */
export class Deployments {
  readonly #running = new Map<string, Promise<void>>();
  #closing = false;
  #latest = 0;

  /** Keeps a stack's operation until it ends. The work must not reject. */
  track(stackId: string, work: Promise<void>): void {
    this.#running.set(stackId, work);
    void work.finally(() => {
      if (this.#running.get(stackId) === work) this.#running.delete(stackId);
    });
  }

  /** Resolves when a stack's operation has ended, or after `milliseconds`. */
  async ended(stackId: string, milliseconds: number): Promise<void> {
    const work = this.#running.get(stackId);
    if (work === undefined) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    });
    await Promise.race([work, patience]);
    clearTimeout(timer);
  }

  /**
   * The time of an event: now, but at least a millisecond after the previous one. The CDK CLI sorts events by time, and
   * with several in one millisecond it would show an end before its beginning.
   */
  eventTime(now: Date): Date {
    this.#latest = Math.max(now.getTime(), this.#latest + 1);
    return new Date(this.#latest);
  }

  /** Throws `InterruptedError` once the account is closing. Called before every step. */
  check(): void {
    if (this.#closing) throw new InterruptedError('The account is closing.');
  }

  /** Lets every operation finish its current step, and no other. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#running.values());
  }
}
