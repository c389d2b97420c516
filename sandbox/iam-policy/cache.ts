import { type CompiledPolicy, parsePolicy } from './parse.ts';

/**
 * A `parsePolicy` that caches the last `limit` documents by their text: policies seldom change and are evaluated at
 * every call.
 */
export function policyCache(limit = 1000): (document: string) => CompiledPolicy {
  const compiled = new Map<string, CompiledPolicy>();
  return (document) => {
    const kept = compiled.get(document);
    if (kept !== undefined) return kept;
    const policy = parsePolicy(document);
    const oldest = compiled.keys().next();
    if (compiled.size >= limit && !oldest.done) compiled.delete(oldest.value);
    compiled.set(document, policy);
    return policy;
  };
}
