import { type CompiledPolicy, distinctKeys } from './parse.ts';

/**
 * Returns the context keys that policies use, in conditions and in variables, each once and as first spelled
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html).
 */
export function contextKeysOf(policies: readonly CompiledPolicy[]): readonly string[] {
  return distinctKeys(policies.flatMap((policy) => policy.contextKeys));
}
