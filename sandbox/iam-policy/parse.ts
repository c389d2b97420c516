import { type Condition, conditionsOf, isObject, textsOf } from './conditions.ts';
import { completedArn } from './incomplete-arn.ts';
import { type PrincipalMatcher, principalOf } from './principal.ts';
import type { RequestContext } from './request-context.ts';
import { type Template, templateOf } from './template.ts';
import { effectOf } from './validate-syntax.ts';
import { type Matcher, matcherOf } from './wildcard.ts';

/** A statement with its matchers built. */
export interface CompiledStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly sid?: string;
  /** Its index in the policy, from 0. */
  readonly index: number;
  /** Takes the action in lower case. */
  readonly coversAction: Matcher;
  /** Missing if the statement has neither Resource nor NotResource, as in trust policies. */
  readonly coversResource?: (resource: string, context: RequestContext) => boolean;
  /** Missing if the statement has neither Principal nor NotPrincipal, as in identity-based policies. */
  readonly principal?: PrincipalMatcher;
  readonly conditions: readonly Condition[];
  /** The context keys of its resources' variables. */
  readonly resourceKeys: readonly string[];
}

/** A compiled policy. It has no state: compile once, keep it, share it. */
export interface CompiledPolicy {
  readonly statements: readonly CompiledStatement[];
  /** Every context key that its conditions and variables use, as first spelled. */
  readonly contextKeys: readonly string[];
}

/**
 * Compiles a policy document, JSON text or parsed. Never throws: invalid parts allow and deny nothing, because
 * `validatePolicy` rejects such documents when they are stored. For documents that aren't IAM policies but look like
 * them, ARNs aren't completed.
 */
export function parsePolicy(document: unknown, { ofIam = true }: { readonly ofIam?: boolean } = {}): CompiledPolicy {
  const policy = typeof document === 'string' ? parsed(document) : document;
  if (!isObject(policy)) return { statements: [], contextKeys: [] };
  const variables = policy.Version === '2012-10-17';
  const statements = (Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement]).flatMap(
    (statement: unknown, index) => compiled(statement, index, { variables, ofIam }),
  );
  const keys = statements.flatMap((statement) => [
    ...statement.resourceKeys,
    ...statement.conditions.flatMap((condition) => condition.keys),
  ]);
  return { statements, contextKeys: distinctKeys(keys) };
}

/** The keys without duplicates: names that differ only in case are one key. */
export function distinctKeys(keys: readonly string[]): readonly string[] {
  const seen = new Map<string, string>();
  for (const key of keys) if (!seen.has(key.toLowerCase())) seen.set(key.toLowerCase(), key);
  return [...seen.values()];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function compiled(
  statement: unknown,
  index: number,
  { variables, ofIam }: { readonly variables: boolean; readonly ofIam: boolean },
): readonly CompiledStatement[] {
  if (!isObject(statement)) return [];
  const { Sid: sid } = statement;
  // In a trust policy, whose statements name no resource, the effect is case-insensitive.
  const isTrust = (statement.Resource ?? statement.NotResource) === undefined && statement.Principal !== undefined;
  const effect = isTrust ? effectOf(statement.Effect) : statement.Effect;
  if (effect !== 'Allow' && effect !== 'Deny') return [];
  const coversAction = actionMatcher(statement);
  if (coversAction === undefined) return [];
  const principal = principalOf(statement);
  const resource = resourceMatcher(statement, variables, ofIam && principal === undefined);
  return [
    {
      effect,
      index,
      ...(typeof sid === 'string' && sid !== '' ? { sid } : {}),
      coversAction,
      coversResource: resource?.covers,
      principal,
      conditions: conditionsOf(statement.Condition, variables),
      resourceKeys: resource?.keys ?? [],
    },
  ];
}

function actionMatcher(statement: Readonly<Record<string, unknown>>): Matcher | undefined {
  const { Action: actions, NotAction: excepted } = statement;
  if ((actions === undefined) === (excepted === undefined)) return undefined;
  const listed = anyOf(textsOf(actions ?? excepted).map((action) => action.toLowerCase()));
  return excepted === undefined ? listed : (action) => !listed(action);
}

/** Most actions are literal, and one set lookup finds them; the others are patterns. */
function anyOf(patterns: readonly string[]): Matcher {
  const names = new Set(patterns.filter((pattern) => !/[*?]/.test(pattern)));
  const matchers = patterns.filter((pattern) => !names.has(pattern)).map(actionPattern);
  return (action) => {
    if (names.has(action)) return true;
    for (const matches of matchers) if (matches(action)) return true;
    return false;
  };
}

function actionPattern(pattern: string): Matcher {
  const matcher = templateOf(pattern, 'like', false).matcher as () => Matcher | undefined;
  return matcher() ?? matcherOf([]);
}

function resourceMatcher(
  statement: Readonly<Record<string, unknown>>,
  variables: boolean,
  ofIdentity: boolean,
): { covers: (resource: string, context: RequestContext) => boolean; keys: readonly string[] } | undefined {
  const { Resource: resources, NotResource: excepted } = statement;
  if (resources === undefined && excepted === undefined) return undefined;
  if (resources !== undefined && excepted !== undefined) return { covers: () => false, keys: [] };
  const texts = textsOf(resources ?? excepted);
  const templates = (ofIdentity ? texts.flatMap((text) => [text, completedArn(text) ?? []].flat()) : texts).map(
    (text) => templateOf(text, 'resource', variables),
  );
  const listed = (resource: string, context: RequestContext) => matchesAny(templates, resource, context);
  return {
    covers: excepted === undefined ? listed : (resource, context) => !listed(resource, context),
    keys: templates.flatMap((template) => template.keys),
  };
}

function matchesAny(templates: readonly Template[], resource: string, context: RequestContext): boolean {
  for (const template of templates) if (template.matcher(context)?.(resource) === true) return true;
  return false;
}
