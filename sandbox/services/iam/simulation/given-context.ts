import type { ContextKeyTypeEnum, SimulateCustomPolicyRequest } from '@aws-sdk/client-iam';
import { AwsError } from '../../../calls/errors.ts';
import type { ContextKeys } from '../../../iam-policy/request-context.ts';
import { listOf } from './source.ts';

const kinds = ['string', 'numeric', 'boolean', 'ip', 'binary', 'date'] as const;
const types: readonly ContextKeyTypeEnum[] = kinds.flatMap((kind) => [kind, `${kind}List`] as const);

/**
 * Returns the context keys that a simulation provides
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_ContextEntry.html). Throws ValidationError for an unknown
 * type.
 */
export function givenContext({ ContextEntries }: Pick<SimulateCustomPolicyRequest, 'ContextEntries'>): ContextKeys {
  return Object.fromEntries(
    listOf(ContextEntries).map(({ ContextKeyName = '', ContextKeyValues, ContextKeyType = 'string' }, index) => {
      requireType(ContextKeyType, index);
      const values = listOf(ContextKeyValues);
      const [only = ''] = values;
      return [ContextKeyName, ContextKeyType.endsWith('List') || values.length !== 1 ? values : only];
    }),
  );
}

function requireType(type: ContextKeyTypeEnum, index: number): void {
  if (types.includes(type)) return;
  throw new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${type}' at 'contextEntries.${index + 1}.member.contextKeyType' failed to satisfy constraint: Member must satisfy enum value set: [${types.join(', ')}]`,
  );
}
