/** A value of a context key. Several values are for keys that AWS documents as multivalued, such as `aws:TagKeys`. */
export type ContextValue = string | number | boolean | readonly string[];

/** Context keys by name, in any case: `{ 'aws:SourceIp': '127.0.0.1' }`. */
export type ContextKeys = Readonly<Record<string, ContextValue>>;

/**
 * The context keys of one request, case-insensitive as in AWS
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html). Built when the first
 * condition needs it: most statements have none.
 */
export class RequestContext {
  readonly #keys: ContextKeys;
  #missing: Set<string> | undefined;
  #folded: Map<string, readonly string[]> | undefined;

  constructor(keys: ContextKeys) {
    this.#keys = keys;
  }

  /** The key's values; a key without any counts as absent. */
  values(name: string): readonly string[] | undefined {
    // Nearly every policy spells keys as AWS does, and then no index is needed.
    if (Object.hasOwn(this.#keys, name)) return valuesOf(this.#keys[name]);
    this.#folded ??= folded(this.#keys);
    return this.#folded.get(name.toLowerCase());
  }

  /** The single value of a key, as a policy variable needs it. */
  single(name: string): string | undefined {
    const values = this.values(name);
    return values?.length === 1 ? values[0] : undefined;
  }

  /** Records which of these keys, as spelled in policies, the request doesn't have. */
  note(names: readonly string[]): void {
    for (const name of names) {
      if (this.values(name) !== undefined) continue;
      this.#missing ??= new Set();
      this.#missing.add(name);
    }
  }

  missing(): readonly string[] {
    return this.#missing === undefined ? [] : [...this.#missing];
  }
}

function folded(keys: ContextKeys): Map<string, readonly string[]> {
  const index = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(keys)) {
    const values = valuesOf(value);
    if (values !== undefined) index.set(name.toLowerCase(), values);
  }
  return index;
}

function valuesOf(value: ContextKeys[string] | undefined): readonly string[] | undefined {
  if (typeof value !== 'object') return value === undefined ? undefined : [String(value)];
  return value.length > 0 ? value : undefined;
}
