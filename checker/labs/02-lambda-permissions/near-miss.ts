import { callsOf, has, plain } from '../../../sandbox/iam-policy/access/access.ts';
import { type Statement, statementsOf } from '../../../sandbox/iam-policy/access/statements.ts';
import { isIn } from '../../../sandbox/iam-policy/access/witness.ts';
import type { Place } from '../../checking/check.ts';
import type { RolePolicies } from '../../observe/role-policies.ts';
import type { Probe } from '../../observe/simulate.ts';
import { MANAGE_CONNECTIONS } from './connections.ts';
import { listed } from './excess.ts';

/** A change that was meant to allow a call, and doesn't. */
export interface NearMiss {
  /**
   * Where it goes wrong: in a statement's resource, in another part of a statement, in the choice of the policy, or in
   * the order of the program.
   */
  readonly of: 'resource' | 'statement' | 'policy' | 'order';
  /** A sentence that says how. */
  readonly said: string;
  /** The line of the learner's file, if it is known. */
  readonly place?: Place;
}

/** What can be wrong with a statement, the closest miss first, and where. Each says how it misses, if it does. */
const looks: ReadonlyArray<readonly [(statement: Statement, call: Probe) => string | undefined, NearMiss['of']]> = [
  [elsewhere, 'resource'],
  [underCondition, 'statement'],
  [misspelled, 'statement'],
  [onOther, 'resource'],
  [invoking, 'statement'],
  [managing, 'statement'],
];

/**
 * Returns how a role's statements fail to match a call to this API that they were clearly meant for; undefined if none
 * comes close.
 */
export function nearMiss({ identity }: Pick<RolePolicies, 'identity'>, call: Probe): NearMiss | undefined {
  const allows = identity
    .flatMap(({ document }) => statementsOf(document))
    .filter(({ effect, isNotAction }) => {
      return effect === 'Allow' && !isNotAction;
    });
  for (const [look, of] of looks) {
    for (const statement of allows) {
      const said = look(statement, call);
      if (said !== undefined) return { of, said };
    }
  }
  return undefined;
}

/**
 * Says which part of a denied call's address differs from the room's; undefined if none does. In AWS's message, the
 * account is masked and the connection has no id.
 */
export function elsewhereIn(denied: string, { resource }: Probe): string | undefined {
  const pattern = denied.replace(/^((?:[^:]*:){4})[^:]*:(.*\/@connections\/).*$/, '$1*:$2*');
  if (pattern === denied) return undefined;
  const parts = differing(pattern, resource);
  return parts && `the function posted to ${parts.own}, and this room is at ${parts.called}`;
}

/** The right action, on another part of API Gateway. */
function elsewhere(statement: Statement, call: Probe): string | undefined {
  if (statement.isNotResource || !allowsAction(statement, call.action) || covers(statement, call)) return undefined;
  const resource = statement.resources.find((each) => each.includes(':execute-api:'));
  const parts = resource === undefined ? undefined : differing(resource, call.resource);
  return parts && `Your statement allows ${parts.own}; the call was ${parts.called}.`;
}

/** The right action on the right resource, under a condition that the call does not meet. */
function underCondition(statement: Statement, call: Probe): string | undefined {
  if (statement.condition === undefined || !covers(statement, call)) return undefined;
  return `Your statement allows it under a condition that the call does not meet: ${JSON.stringify(statement.condition)}.`;
}

function misspelled(statement: Statement): string | undefined {
  const action = statement.actions.find((each) => !/[*?]/.test(each) && isMisspelled(each));
  return action && `Your statement says ${action}; the action is ${MANAGE_CONNECTIONS}.`;
}

/** The right action, by name, on what isn't a connection at all: `table.grants.actions` names the table. */
function onOther(statement: Statement, call: Probe): string | undefined {
  const { isNotResource, actions, resources } = statement;
  const named = actions.filter((each) => each.toLowerCase().startsWith('execute-api:'));
  if (isNotResource || !allowsAction({ ...statement, actions: named }, call.action) || covers(statement, call)) {
    return undefined;
  }
  const called = call.resource.replace(/[^/]*$/, '…');
  return `Your statement allows the action on ${listed(resources)}; the call was on ${called}.`;
}

/** Describes a statement that allows the client's action instead of the function's; undefined if it doesn't. */
function invoking(statement: Statement, { resource }: Probe): string | undefined {
  if (!allowsAction(statement, 'execute-api:Invoke')) return undefined;
  const api = resource.split('/')[0] ?? '';
  if (
    !statement.resources.some(
      (each) =>
        each === '*' ||
        covers({ ...statement, actions: ['*'], resources: [each] }, { action: 'execute-api:Invoke', resource }) ||
        each.startsWith(api),
    )
  ) {
    return undefined;
  }
  return `Your statement allows execute-api:Invoke, which is for clients that call the API. Posting to a connection needs ${MANAGE_CONNECTIONS}.`;
}

/** Describes a statement that allows changing APIs: API Gateway's other prefix. */
function managing({ actions }: Statement): string | undefined {
  const action = actions.find((each) => each.toLowerCase().startsWith('apigateway:'));
  return (
    action &&
    `Your statement allows ${action}, which is for managing APIs. Posting to a connection needs ${MANAGE_CONNECTIONS}.`
  );
}

function allowsAction({ actions }: Statement, action: string): boolean {
  return isIn([{ patterns: actions.map((each) => plain(each, 'like', true)), negated: false }], action.toLowerCase());
}

function covers(statement: Statement, { action, resource }: Probe): boolean {
  return has(
    callsOf(statement, () => undefined, true),
    action,
    resource,
  );
}

/** Returns the first part in which an ARN pattern and an ARN differ, as both are shown: `…/prod/…` and `…/room/…`. */
function differing(pattern: string, arn: string): { own: string; called: string } | undefined {
  const own = partsOf(pattern);
  const called = partsOf(arn);
  for (const [index, part] of called.arn.entries()) {
    const mine = own.arn[index];
    if (mine !== undefined && !isLike(mine, part)) return { own: `…:${mine}:…`, called: `…:${part}:…` };
  }
  for (const [index, part] of called.path.entries()) {
    const mine = own.path[index];
    if (mine !== undefined && isLike(mine, part)) continue;
    // An address instead of the API's id.
    if (own.path[0]?.endsWith(':')) return { own: `…:${own.path.join('/')}`, called: `…:${part}/…` };
    const left = index === 0 ? '…:' : '…/';
    const right = (parts: readonly string[]) => (index < parts.length - 1 ? '/…' : '');
    if (mine === undefined && own.path.length === 1)
      return { own: `…:${own.path[0]}`, called: `…:${called.path.slice(0, -1).join('/')}/…` };
    if (mine === undefined)
      return { own: `…/${own.path.slice(1).join('/')}`, called: `…/${called.path.slice(1, -1).join('/')}/…` };
    return { own: `${left}${mine}${right(own.path)}`, called: `${left}${part}${right(called.path)}` };
  }
  return undefined;
}

function partsOf(arn: string): { readonly arn: readonly string[]; readonly path: readonly string[] } {
  const parts = arn.split(':');
  return { arn: parts.slice(0, 5), path: parts.slice(5).join(':').split('/') };
}

function isLike(pattern: string, text: string): boolean {
  return isIn([{ patterns: [plain(pattern, 'like')], negated: false }], text);
}

/** Every other action of this service. */
const OTHERS = ['execute-api:invoke', 'execute-api:invalidatecache'];

/**
 * Returns whether an action was meant to be another: the right name with the wrong service, one that the service
 * doesn't have, the SDK's name for the call, or a few letters off.
 */
function isMisspelled(action: string): boolean {
  const [wanted, given] = [MANAGE_CONNECTIONS.toLowerCase(), action.toLowerCase()];
  if (wanted === given) return false;
  const [service, name = ''] = given.split(':');
  if (service === 'execute-api') return !OTHERS.includes(given);
  return [wanted.split(':')[1], 'posttoconnection'].includes(name) || distance(given, wanted) <= 4;
}

/** Returns the edit distance of two texts. */
function distance(some: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [at, letter] of [...some].entries()) {
    const next = [at + 1];
    for (const [index, wanted] of [...other].entries()) {
      const replaced = (row[index] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(replaced, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
