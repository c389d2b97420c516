import type { TraceEvent } from '../aws/practice.ts';
import type { StackResource } from '../checking/check.ts';

/** What belongs to a lab, so that its console shows nothing of the others in the account. */
export class Scope {
  readonly #stackName: string;
  #ids = new Set<string>();

  constructor(stackName: string) {
    this.#stackName = stackName;
  }

  /** Takes in what the stack has now. What it had before still counts: it may have events. */
  learn(resources: readonly StackResource[], others: readonly string[] = []): void {
    for (const { physicalId } of resources) this.#ids.add(physicalId);
    for (const id of others) this.#ids.add(id);
  }

  /** Whether an event is of this lab. */
  has(event: TraceEvent): boolean {
    if (event.kind === 'stack') return event.stack === this.#stackName;
    if (event.kind === 'row') return this.#ids.has(event.table);
    if (event.api !== undefined) return this.#ids.has(event.api);
    return event.function !== undefined && this.#ids.has(event.function);
  }
}
