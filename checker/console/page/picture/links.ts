import type { TraceEvent } from '../../../aws/practice.ts';
import type { DeployedRoom, FunctionDocument } from '../../deployed-room.ts';
import { connectionsTarget, targetOf } from '../path/gates.ts';

/** A function and something that it calls, or has a policy for. */
export interface Link {
  readonly function: string;
  readonly target: string;
  /** Whether one of its role's policies mentions it: calls without permission have none. */
  readonly isGranted: boolean;
}

interface Statement {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
}

/** Returns each function's targets: those that its role's policies mention, and those that it was seen calling. */
export function linksOf({ functions, roles, tables }: DeployedRoom, events: readonly TraceEvent[]): Link[] {
  const links = new Map<string, Link>();
  const add = (link: Link) => {
    const key = `${link.function} ${link.target}`;
    if (links.get(key)?.isGranted !== true) links.set(key, link);
  };
  for (const { name, role } of functions) {
    const policies = roles.find((each) => each.name === role)?.policies ?? [];
    for (const statement of policies.flatMap(({ document }) => statementsIn(document))) {
      for (const target of targetsOf(statement, tables)) add({ function: name, target, isGranted: true });
    }
  }
  for (const event of events) {
    if (event.kind !== 'call' || !isOf(event.function, functions)) continue;
    add({ function: event.function ?? '', target: targetOf(event), isGranted: false });
  }
  return [...links.values()];
}

function isOf(name: string | undefined, functions: readonly FunctionDocument[]): boolean {
  return functions.some((each) => each.name === name);
}

function statementsIn(document: string): Statement[] {
  try {
    const { Statement: held } = JSON.parse(document) as { Statement?: Statement | Statement[] };
    return held === undefined ? [] : [held].flat();
  } catch {
    return [];
  }
}

function targetsOf({ Effect, Action, Resource }: Statement, tables: DeployedRoom['tables']): string[] {
  if (Effect !== 'Allow') return [];
  const [actions, resources] = [textsOf(Action), textsOf(Resource)];
  const isFor = (service: string) =>
    actions.some((action) => action === '*' || action.toLowerCase().startsWith(`${service}:`));
  const names = (name: string) =>
    resources.some((arn) => arn === '*' || new RegExp(`:table/(${escaped(name)}|\\*)(/|$)`).test(arn));
  return [
    ...(isFor('dynamodb') ? tables.filter(({ name }) => names(name)).map(({ name }) => name) : []),
    ...(isFor('execute-api') ? [connectionsTarget] : []),
    // Every function has these, and they aren't part of a message's path.
    ...[...new Set(actions.map((action) => action.split(':')[0]?.toLowerCase() ?? ''))].filter(
      (service) => !['dynamodb', 'execute-api', 'logs', 'xray', 'cloudwatch', '*', ''].includes(service),
    ),
  ];
}

function textsOf(value: unknown): string[] {
  return value === undefined ? [] : [value].flat().map(String);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
