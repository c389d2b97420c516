/** Something that must not happen, and how often it did. */
export interface Finding {
  readonly what: string;
  /** The first request that showed it: `--only` sends it again. */
  readonly index: number | undefined;
  readonly request: string;
  count: number;
}

/** The findings of a run, grouped by cause. */
export class Findings {
  readonly #found = new Map<string, Finding>();

  /** Records a finding; findings that differ only in quoted names and numbers are the same. */
  add(what: string, request = '', index?: number): void {
    // Our errors name the bug after `failed at <service> <operation>:`, and it is the same bug wherever it appears.
    const fault = /failed at [\w .]*?\w+: ([^<]*)/.exec(what)?.[1];
    const cause = (fault ?? what).replace(/"[^"]*"|'[^']*'|\d+/g, '…').slice(0, 160);
    const known = this.#found.get(cause);
    if (known === undefined) this.#found.set(cause, { what, index, request: request.slice(0, 1500), count: 1 });
    else known.count += 1;
  }

  list(): readonly Finding[] {
    return [...this.#found.values()];
  }
}
