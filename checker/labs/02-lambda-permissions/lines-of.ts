import { escaped } from '../../observe/escaped.ts';
import { MANAGE_CONNECTIONS } from './connections.ts';
import type { Excess } from './excess.ts';

/** Actions that the function is granted anyway, so lines that mention them are no use. */
const granted = [MANAGE_CONNECTIONS, 'dynamodb:Scan', 'dynamodb:DeleteItem'];

/** A statement's list of what it doesn't allow, in the CDK and in a policy document. */
const NOT_ACTIONS = /\b(notActions|NotAction)\b|\.addNotActions\(/;

/**
 * Returns the texts that identify a statement in a learner's file, the most reliable first: its Sid or the policy's
 * name, an action that nothing else there grants, a resource's name, and a granting call.
 */
export function linesOf({ policy, arn, statement, actions, resources }: Excess): RegExp[] {
  const quoted = (text: string) => new RegExp(`['"\`/]${escaped(text)}['"\`]`);
  const names = resources.flatMap((arn) => /([\w.-]{4,})[/*]*$/.exec(arn)?.[1] ?? []);
  return [
    ...(statement.startsWith('statement ') ? [] : [quoted(statement)]),
    ...(arn === undefined ? [] : [quoted(policy)]),
    ...actions
      .filter((action) => !granted.includes(action))
      .map((action) => (isAllBut(action) ? NOT_ACTIONS : quoted(action))),
    ...names.map((name) => new RegExp(`[/:'"\`]${escaped(name)}[/*]*['"\`]`)),
    ...actions.filter((action) => action === MANAGE_CONNECTIONS).map(quoted),
    /\.grant(?!s\b|ManageConnections|ManagementApiAccess)\w*\(/,
  ];
}

/** Whether an action of `Excess` stands for a `NotAction`. */
function isAllBut(action: string): boolean {
  return action.startsWith('everything but ');
}
