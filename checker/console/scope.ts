import type { TraceEvent } from '../aws/practice.ts';
import type { StackResource } from '../checking/check.ts';

/** The resources of a lab, so that its console shows nothing of other labs in the account. */
export class Scope {
  readonly #stackName: string;
  #ids = new Set<string>();

  constructor(stackName: string) {
    this.#stackName = stackName;
  }

  /** Adds the stack's current resources. Earlier ones still count: they may have events. */
  learn(resources: readonly StackResource[], others: readonly string[] = []): void {
    for (const { physicalId } of resources) this.#ids.add(physicalId);
    for (const id of others) this.#ids.add(id);
  }

  /** Whether an event belongs to this lab. */
  has(event: TraceEvent): boolean {
    if (event.kind === 'stack') return event.stack === this.#stackName;
    if (event.kind === 'row') return this.#ids.has(event.table);
    if (event.api !== undefined) return this.#ids.has(event.api);
    return event.function !== undefined && this.#ids.has(event.function);
  }
}
