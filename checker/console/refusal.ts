import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TracedDecision, TraceEvent } from '../aws/practice.ts';
import type { Place, Subject } from '../checking/check.ts';
import { resourceNamed } from '../observe/physical-id.ts';
import { observeRolePolicies } from '../observe/role-policies.ts';
import { type EditorPlace, editorPlace } from './editor-place.ts';
import { labelOf } from './label.ts';

/**
 * Why IAM denied something, `refusal.json`: the request, the policies, and where to look; never what to write there.
 */
export interface RefusalDocument {
  readonly who: {
    readonly principal: string;
    readonly role?: string;
    readonly function?: string;
    /** `SendMessage` */
    readonly label: string;
  };
  readonly action: string;
  /** `PostToConnection`; missing if no API was called. */
  readonly operation?: string;
  readonly resource: string;
  /** In one sentence. */
  readonly verdict: string;
  readonly decision: TracedDecision['decision'];
  readonly by: TracedDecision['by'];
  readonly policies: readonly PolicyDocument[];
  /** Kinds of policies that don't exist. */
  readonly absent: ReadonlyArray<TracedDecision['by']>;
  readonly missingContext: readonly string[];
  /** Where the permission is granted, or would be: the function in `stack.ts`. */
  readonly place?: EditorPlace & { readonly lines: readonly CodeLine[] };
  /** Where the call is made. */
  readonly caller?: EditorPlace & { readonly lines: readonly CodeLine[] };
}

interface PolicyDocument {
  readonly kind: TracedDecision['by'];
  readonly name: string;
  readonly said: 'allow' | 'deny' | 'nothing';
  /** Empty if the policy can't be read anymore. */
  readonly statements: readonly StatementDocument[];
}

interface StatementDocument {
  /** From 0. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly hasConditions: boolean;
  /** Whether it applies to the request. */
  readonly matches: boolean;
  /** As JSON. */
  readonly text: string;
}

interface CodeLine {
  readonly number: number;
  readonly text: string;
}

/** Returns what IAM denied in an event; undefined if it denied nothing. */
export function denialIn(event: TraceEvent): TracedDecision | undefined {
  if (event.kind === 'permission') return event.allowed ? undefined : event.decision;
  if (event.kind !== 'call') return undefined;
  return event.decisions.find(({ decision }) => decision !== 'allowed');
}

/** Explains what IAM denied in an event. */
export async function explainRefusal(subject: Subject, event: TraceEvent): Promise<RefusalDocument | undefined> {
  const denial = denialIn(event);
  if (denial === undefined) return undefined;
  const role = /:assumed-role\/([^/]+)\//.exec(denial.principal)?.[1];
  const made = event.function && resourceNamed(subject.resources, 'AWS::Lambda::Function', event.function);
  const label = made ? labelOf(subject, made.logicalId) : (event.function ?? denial.principal);
  const place = made ? subject.locate(made.logicalId) : undefined;
  const caller = event.kind === 'call' ? callerOf(subject, event.operation, place) : undefined;
  const policies = await policiesOf(subject, denial, role, event.function);
  return {
    who: {
      principal: denial.principal,
      role,
      function: event.function,
      label,
    },
    action: denial.action,
    operation: event.kind === 'call' ? event.operation : undefined,
    resource: denial.resource,
    verdict: verdictInWords(denial, label),
    decision: denial.decision,
    by: denial.by,
    policies,
    absent: (['boundary', 'session', 'resource'] as const).filter(
      (kind) => !denial.asked.some((asked) => asked.kind === kind),
    ),
    missingContext: denial.missingContext,
    place: place && excerpt(subject.root, place),
    caller: caller && excerpt(subject.root, caller),
  };
}

/** Says in a sentence or two why something was denied. */
export function verdictInWords({ decision, by, statement, action, asked }: TracedDecision, label: string): string {
  if (decision === 'explicitDeny') {
    const sid = statement?.sid === undefined ? '' : ` (${statement.sid})`;
    return `${kindInWords[by]} ${statement?.policy ?? ''} denies it: statement ${(statement?.index ?? 0) + 1}${sid}. A deny overrides every allow.`.replace(
      '  ',
      ' ',
    );
  }
  if (by === 'resource' && asked.every(({ kind }) => kind !== 'resource'))
    return `${label} has no resource policy, so no other service is allowed to invoke it.`;
  if (by === 'resource' || by === 'trust') return `${kindInWords[by]} of ${label} doesn't allow ${action} here.`;
  if (by === 'identity') {
    return `Nothing denies it, but nothing allows it either: no policy of ${label}'s role allows ${action} on this resource.`;
  }
  return `The policies of ${label}'s role allow it, but ${kindInWords[by].toLowerCase()} doesn't: both have to.`;
}

const kindInWords: Readonly<Record<TracedDecision['by'], string>> = {
  identity: 'The policy',
  resource: 'The resource policy',
  trust: 'The trust policy',
  boundary: 'The permissions boundary',
  session: 'The session policy',
};

async function policiesOf(
  subject: Subject,
  { asked }: TracedDecision,
  role: string | undefined,
  functionName: string | undefined,
): Promise<PolicyDocument[]> {
  // A policy may have been changed or deleted since: then its text is missing, but its result stays.
  const ofRole = role === undefined ? undefined : await observeRolePolicies(subject, role).catch(() => undefined);
  const ofFunction =
    functionName !== undefined && asked.some(({ kind }) => kind === 'resource')
      ? await resourcePolicy(subject, functionName).catch(() => undefined)
      : undefined;
  return asked.map(({ kind, policy, arn, said, matched }) => {
    const documents: { readonly [Kind in typeof kind]?: string | undefined } = {
      identity: textOf(ofRole?.identity, policy, arn),
      boundary: typeof ofRole?.boundary === 'string' ? ofRole.boundary : undefined,
      resource: ofFunction,
    };
    const document = documents[kind];
    return {
      kind,
      name: policy ?? arn ?? kindInWords[kind].toLowerCase(),
      said,
      statements: document === undefined ? [] : statementsIn(document, matched),
    };
  });
}

function textOf(
  policies: ReadonlyArray<{ readonly name: string; readonly arn?: string; readonly document: string }> = [],
  name: string | undefined,
  arn: string | undefined,
): string | undefined {
  return policies.find((policy) => (arn === undefined ? policy.name === name : policy.arn === arn))?.document;
}

async function resourcePolicy({ target }: Subject, FunctionName: string): Promise<string | undefined> {
  const [client, { GetPolicyCommand }] = await Promise.all([target.clients.lambda(), import('../aws/sdk/lambda.ts')]);
  return (await client.send(new GetPolicyCommand({ FunctionName }))).Policy;
}

function statementsIn(document: string, matched: readonly number[]): StatementDocument[] {
  const { Statement } = JSON.parse(document) as { Statement?: unknown };
  return list(Statement).map((each, index): StatementDocument => {
    const { Effect, Sid, Action, NotAction, Resource, NotResource, Condition } = each as Readonly<
      Record<string, unknown>
    >;
    return {
      index,
      ...(typeof Sid === 'string' && Sid !== '' ? { sid: Sid } : {}),
      effect: String(Effect),
      actions: [...list(Action), ...list(NotAction).map((action) => `not ${action}`)].map(String),
      resources: [...list(Resource), ...list(NotResource).map((resource) => `not ${resource}`)].map(String),
      hasConditions: Condition !== undefined,
      matches: matched.includes(index),
      text: `${JSON.stringify(each, undefined, 2)}`,
    };
  });
}

function list(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** Where a handler makes a call: `stack.ts` names the handler's file where it creates the function. */
function callerOf({ root, locate }: Subject, operation: string, place: Place | undefined): Place | undefined {
  if (place === undefined) return undefined;
  const text = linesOf(root, place)[place.line - 1] ?? '';
  const handler = /['"]([\w-]+\.ts)['"]/.exec(text)?.[1];
  return handler === undefined
    ? undefined
    : locate({ handler, near: [`new ${operation}Command`, `paginate${operation}`] });
}

/** How many lines to show before and after the relevant one. */
const around = 1;

function excerpt(root: string, place: Place): EditorPlace & { readonly lines: readonly CodeLine[] } {
  const lines = linesOf(root, place)
    .map((text, index) => ({ number: index + 1, text }))
    .slice(Math.max(0, place.line - 1 - around), place.line + around);
  return { ...editorPlace(root, place), lines };
}

function linesOf(root: string, { file }: Place): string[] {
  try {
    return readFileSync(join(root, file), 'utf8').split('\n');
  } catch {
    return [];
  }
}
