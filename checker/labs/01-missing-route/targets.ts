import type { ObservedRoute } from '../../observe/routes.ts';
import type { Spoken } from '../../probe/speak.ts';
import type { ShutDoor } from '../nobody-comes-in.ts';

/** The API's routes, and what they invoke. */
export interface Targets {
  readonly routes: readonly ObservedRoute[];
  /** The stack's functions: their names in the file, by name in the account. */
  readonly functions: Readonly<Record<string, string>>;
  /** A conversation, which shows which route is live. */
  readonly spoken: Spoken;
  /** Set if the function of the route for messages gave the answer that the action is unknown. */
  readonly answers?: true;
  /** Why nobody could connect, if nobody could. */
  readonly door?: ShutDoor;
}

/** Returns why the route's target is not the sending function; undefined if it may be. */
export function wrongTarget(route: ObservedRoute, { routes, functions, spoken, answers }: Targets): string | undefined {
  const { routeKey: key, integration } = route;
  if (integration === undefined) return `The route ${key} has no integration: it invokes nothing.`;
  const { functionName } = integration;
  if (functionName === undefined) {
    return `The route ${key} invokes no function: its integration has the type ${integration.type}.`;
  }
  if (functions[functionName] === undefined) {
    return `The route ${key} invokes the function ${functionName}, which is not in this stack.`;
  }
  if (answers) {
    return `The route ${key} invokes the function ${functions[functionName]}, which answers that it doesn't know the action: it isn't the one that sends messages to the room, or its code rejects this action.`;
  }
  const isDefault = routes.some((other) => other.routeKey === '$default' && isSame(other, route));
  // One function can serve both routes and tell them apart: then people get each other's messages, if they can connect.
  if (!isDefault || spoken.heard.listener > 0 || spoken.refused !== undefined) return undefined;
  return `The route ${key} invokes the function ${functions[functionName]}, which belongs to $default, not the one that sends messages to the room.`;
}

/**
 * Says that the route has its function in common with one that runs when people come or go; undefined if it doesn't, or
 * that function serves both, or something else rejected the people. Either of the routes can be the wrong one.
 */
export function sharedTarget(route: ObservedRoute, observation: Targets): string | undefined {
  const { routes, functions, spoken, door } = observation;
  const shared = routes.find((other) => ['$connect', '$disconnect'].includes(other.routeKey) && isSame(other, route));
  if (shared === undefined || spoken.heard.listener > 0) return undefined;
  const isOther = spoken.refused !== undefined && door?.answeredBy !== route.integration?.functionName;
  if (isOther) return undefined;
  const idle = Object.keys(functions).filter((name) => routes.every((each) => each.integration?.functionName !== name));
  const [first] = idle;
  const unused = first === undefined || idle.length > 1 ? '' : ` No route invokes the function ${functions[first]}.`;
  return `The routes ${shared.routeKey} and ${route.routeKey} both invoke ${functionOf(route, observation)}, and people don't get each other's messages. Give each of these routes its own function.${unused}`;
}

function isSame(one: ObservedRoute, other: ObservedRoute): boolean {
  return (
    one.integration?.functionName !== undefined && one.integration.functionName === other.integration?.functionName
  );
}

/** Names what a route invokes: `the function SendMessage`. */
export function functionOf(route: ObservedRoute, { functions }: Pick<Targets, 'functions'>): string {
  const { functionName, type } = route.integration ?? {};
  if (functionName !== undefined) return `the function ${functions[functionName] ?? functionName}`;
  return type === undefined ? 'nothing' : `an integration of type ${type}`;
}
