import type { Observation } from '../../checker/labs/01-missing-route/route-sendmessage.ts';
import type { ObservedRoute } from '../../checker/observe/routes.ts';
import type { Spoken } from '../../checker/probe/speak.ts';

/** A route and the function that it invokes. */
export function route(routeKey: string, functionName: string): ObservedRoute {
  const integration = { id: `i-${routeKey}`, type: 'AWS_PROXY', functionName };
  return { routeKey, routeId: `r-${routeKey}`, answers: true, integration };
}

/** The routes of the start. */
export const shipped = [
  route('$connect', 'f-connect'),
  route('$disconnect', 'f-leave'),
  route('$default', 'f-unknown'),
];
export const sendmessage = route('sendmessage', 'f-send');
/** A conversation in which nobody gets a message. */
export const unknown: Spoken = {
  reply: { kind: 'unknown action', text: '{"type":"error"}' },
  heard: { speaker: 0, listener: 0 },
  counted: false,
  conversation: ['+1 ms  Ada → {"action":"sendmessage"}'],
};
/** One in which everybody does. */
export const understood: Spoken = { ...unknown, reply: { kind: 'message' }, heard: { speaker: 1, listener: 1 } };

/** What the check of the route sees: the start, or something else. */
export function seen(more: Partial<Observation>): Observation {
  return {
    room: { apiId: 'api1', api: 'Api4AB2', stageName: 'room', stage: 'Stage0E', address: 'ws://127.0.0.1/room' },
    stage: { name: 'room', autoDeploy: true },
    routes: shipped,
    functions: {
      'f-connect': 'Connect',
      'f-leave': 'Disconnect',
      'f-unknown': 'UnknownAction',
      'f-send': 'SendMessage',
    },
    routeIds: { 'r-sendmessage': 'ApisendmessageRoute' },
    spoken: unknown,
    ...more,
  };
}
