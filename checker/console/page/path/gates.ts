import type { CallEvent, TraceEvent } from '../../../aws/practice.ts';
import type { Sent } from '../state/stream.ts';
import { denialOf } from './paths.ts';

type PermissionEvent = Extract<TraceEvent, { kind: 'permission' }>;

/** IAM's answer at one ring of the picture. */
export interface GateAnswer {
  readonly isAllowed: boolean;
  /** `dynamodb:Scan` */
  readonly action: string;
  /** The event that asked for it. */
  readonly sent: Sent;
}

/** Returns the ring of the picture at which an event asks IAM; undefined if it doesn't. */
export function gateOf(event: TraceEvent): string | undefined {
  if (event.kind === 'permission') return invokeGate(event);
  if (event.kind === 'call' && event.decisions.length > 0) return callGate(event.function ?? '', targetOf(event));
  return undefined;
}

/** Returns the ring between API Gateway and a function. */
export function invokeGate({
  routeKey,
  sourceArn,
}: Pick<PermissionEvent, 'routeKey'> & { readonly sourceArn?: string }): string {
  const authorizer = sourceArn === undefined ? undefined : authorizerIn(sourceArn);
  return authorizer === undefined ? `invoke ${routeKey}` : authorizerGate(authorizer);
}

/** Returns the ring between API Gateway and an authorizer's function. */
export function authorizerGate(id: string): string {
  return `authorize ${id}`;
}

/** Returns the ring between a function and the target of its call. */
export function callGate(functionName: string, target: string): string {
  return `call ${functionName} ${target}`;
}

/** Functions call a stage's management API. */
export const connectionsTarget = '@connections';

/** Returns the target of a call: a table's name, `@connections`, or else the service. */
export function targetOf({ service, decisions }: CallEvent): string {
  if (service === 'execute-api') return connectionsTarget;
  const table = decisions
    .map(({ resource }) => /:table\/([^/]+)/.exec(resource)?.[1])
    .find((name) => name !== undefined);
  return table ?? service;
}

function authorizerIn(sourceArn: string): string | undefined {
  return /\/authorizers\/([^/]+)$/.exec(sourceArn)?.[1];
}

/**
 * Returns IAM's latest answer at each ring. Answers from before the last deployment don't count: that may have changed
 * the policy.
 */
export function answersOf(events: readonly Sent[]): Map<string, GateAnswer> {
  const answers = new Map<string, GateAnswer>();
  for (const sent of events) {
    const { event } = sent;
    if (isDeployment(event)) answers.clear();
    const gate = gateOf(event);
    if (gate === undefined) continue;
    const answer = answerOf(sent);
    const known = answers.get(gate);
    // If one path has several decisions, the denial is shown.
    const isSamePath = known?.sent.event.trace === event.trace;
    if (known === undefined || !isSamePath || known.isAllowed) answers.set(gate, answer);
  }
  return answers;
}

function answerOf(sent: Sent): GateAnswer {
  const { event } = sent;
  const denial = denialOf(event);
  const [first] = event.kind === 'call' ? event.decisions : [];
  const action = denial?.action ?? first?.action ?? 'lambda:InvokeFunction';
  const isAllowed = event.kind === 'permission' ? event.allowed : denial === undefined;
  return { isAllowed, action, sent };
}

function isDeployment(event: TraceEvent): boolean {
  return event.kind === 'stack' && event.type === 'AWS::CloudFormation::Stack' && event.status.endsWith('_COMPLETE');
}
