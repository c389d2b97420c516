import { isObject, isOperator } from './conditions.ts';

/** A statement as written: nothing is known about its elements yet. */
export type Statement = Readonly<Record<string, unknown>>;

export const versions: readonly unknown[] = ['2008-10-17', '2012-10-17'];

const policyElements = new Set(['Version', 'Id', 'Statement']);
const statementElements = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

/** A policy's statements, always as a list; nothing if they aren't objects. */
export function statementsOf(policy: Readonly<Record<string, unknown>>): readonly Statement[] | undefined {
  const { Statement: given } = policy;
  const statements: unknown[] = Array.isArray(given) ? given : [given];
  return statements.every(isObject) ? statements : undefined;
}

/** Whether the policy's top-level elements follow the grammar. */
export function policyIsWellFormed(policy: Readonly<Record<string, unknown>>): boolean {
  const { Version: version, Id: id } = policy;
  return (
    Object.keys(policy).every((element) => policyElements.has(element)) &&
    (version === undefined || versions.includes(version)) &&
    (id === undefined || typeof id === 'string')
  );
}

/** Whether a statement's elements have the grammar's names and types, and exclude each other as required. */
export function statementIsWellFormed(statement: Statement): boolean {
  const { Sid, Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } = statement;
  return (
    Object.keys(statement).every((element) => statementElements.has(element)) &&
    (Sid === undefined || typeof Sid === 'string') &&
    typeof Effect === 'string' &&
    /^(?:allow|deny)$/i.test(Effect) &&
    [Action, NotAction, Resource, NotResource].every((element) => element === undefined || areTexts(element)) &&
    (Action === undefined || NotAction === undefined) &&
    (Resource === undefined || NotResource === undefined) &&
    (Principal === undefined || NotPrincipal === undefined) &&
    conditionIsWellFormed(Condition)
  );
}

function conditionIsWellFormed(condition: unknown): boolean {
  if (condition === undefined) return true;
  if (!isObject(condition)) return false;
  return Object.entries(condition).every(
    ([operator, block]) =>
      isObject(block) &&
      Object.values(block).every(areValues) &&
      // IAM accepts an unknown operator as long as it compares nothing.
      (isOperator(operator) || Object.keys(block).length === 0),
  );
}

export function areTexts(value: unknown): boolean {
  return Array.isArray(value) ? value.every((item) => typeof item === 'string') : typeof value === 'string';
}

function areValues(value: unknown): boolean {
  return (Array.isArray(value) ? value : [value]).every((item) =>
    ['string', 'number', 'boolean'].includes(typeof item),
  );
}

/** Whether two statements have the same Sid; an empty one doesn't count. */
export function sidsRepeat(statements: readonly Statement[]): boolean {
  const sids = statements.map((statement) => statement.Sid).filter((sid) => typeof sid === 'string' && sid !== '');
  return new Set(sids).size < sids.length;
}

/** Whether an element with one or several strings is empty. */
export function isEmpty(element: unknown): boolean {
  return element === undefined || (Array.isArray(element) && element.length === 0);
}

/** Returns an effect as the grammar spells it; any other value unchanged. */
export function effectOf(effect: unknown): unknown {
  if (typeof effect !== 'string') return effect;
  return ['Allow', 'Deny'].find((name) => name.toLowerCase() === effect.toLowerCase()) ?? effect;
}
