import { isObject, textsOf } from '../conditions.ts';

/** A statement of an identity-based policy as written. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly sid?: string;
  /** Its index in the policy, from 0. */
  readonly index: number;
  /** `Action`, or with `isNotAction` all but these. */
  readonly actions: readonly string[];
  readonly isNotAction: boolean;
  readonly resources: readonly string[];
  readonly isNotResource: boolean;
  readonly condition?: unknown;
  /** Whether the policy's version supports variables. */
  readonly variables: boolean;
}

/**
 * Returns the statements of a policy document, JSON text or parsed, as the evaluator reads them: invalid ones are left
 * out, because they allow and deny nothing.
 */
export function statementsOf(document: unknown): Statement[] {
  const policy = typeof document === 'string' ? parsed(document) : document;
  if (!isObject(policy)) return [];
  const variables = policy.Version === '2012-10-17';
  return [policy.Statement].flat().flatMap((statement: unknown, index): Statement[] => {
    if (!isObject(statement)) return [];
    const { Effect: effect, Sid: sid, Action, NotAction, Resource, NotResource, Condition: condition } = statement;
    if (effect !== 'Allow' && effect !== 'Deny') return [];
    if ((Action === undefined) === (NotAction === undefined)) return [];
    if ((Resource === undefined) === (NotResource === undefined)) return [];
    return [
      {
        effect,
        index,
        ...(typeof sid === 'string' && sid !== '' ? { sid } : {}),
        actions: textsOf(Action ?? NotAction),
        isNotAction: Action === undefined,
        resources: textsOf(Resource ?? NotResource),
        isNotResource: Resource === undefined,
        condition,
        variables,
      },
    ];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
