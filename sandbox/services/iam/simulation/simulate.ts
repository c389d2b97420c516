import { setImmediate as breathe } from 'node:timers/promises';
import type { SimulateCustomPolicyRequest } from '@aws-sdk/client-iam';
import { AwsError, UnsupportedError } from '../../../calls/errors.ts';
import type { Decision } from '../../../iam-policy/decision.ts';
import { evaluate } from '../../../iam-policy/evaluate.ts';
import type { RequestPrincipal } from '../../../iam-policy/principal.ts';
import type { ContextKeys } from '../../../iam-policy/request-context.ts';
import { statementPositions } from '../../../iam-policy/statement-positions.ts';
import { pageOf } from '../page.ts';
import { givenContext } from './given-context.ts';
import { requireOneGroup } from './one-group.ts';
import { listOf, type Source } from './source.ts';

/** A simulation's subject, besides what the two operations have in common. */
export interface Simulation {
  readonly principal: RequestPrincipal;
  readonly identity: readonly Source[];
  readonly boundary: Source | undefined;
  readonly resourcePolicy: Source | undefined;
}

/** The most results on one page, for all actions on all resources. AWS, too, may return fewer than requested. */
const mostAnswers = 1000;

/** How long it works before yielding, in milliseconds. */
const turn = 10;

type Input = Omit<SimulateCustomPolicyRequest, 'PolicyInputList'>;

/**
 * Runs the evaluator for real calls, for each action on each resource. Returns the SDK's SimulatePolicyResponse, with
 * maps for its maps. Yields to others during a long list
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html).
 */
export async function simulate(simulation: Simulation, input: Input): Promise<object> {
  if (input.ResourceHandlingOption !== undefined) throw new UnsupportedError('ResourceHandlingOption of simulations');
  const context = givenContext(input);
  const resources = listOf(input.ResourceArns);
  const malformed = resources.find((arn) => arn !== '*' && !/^arn:[^:]*:[^:]*:[^:]*:[^:]*:.+/.test(arn));
  if (malformed !== undefined) throw new AwsError('InvalidInput', `Invalid Input Resource Arn: ${malformed}`);
  const owner = input.ResourceOwner === undefined ? undefined : /\d{12}/.exec(input.ResourceOwner)?.[0];
  const actions = actionsOf(input);
  requireOneGroup(actions, resources);
  const asked = resources.length === 0 ? ['*'] : resources;
  const wanted = pageOf(actions, input);
  const fitting = Math.max(1, Math.floor(mostAnswers / asked.length));
  const { items, more } = wanted.items.length > fitting ? pageOf(actions, { ...input, MaxItems: fitting }) : wanted;
  const results: object[] = [];
  let began = performance.now();
  for (const action of items) {
    const answers: Outcome[] = [];
    for (const resource of asked) {
      answers.push(answer(simulation, owner, action, resource, context));
      if (performance.now() - began < turn) continue;
      await breathe();
      began = performance.now();
    }
    results.push(resultOf(action, asked, answers));
  }
  return { EvaluationResults: results, ...more };
}

function actionsOf({ ActionNames }: Input): readonly string[] {
  const actions = listOf(ActionNames);
  const malformed = actions.find((action) => !/^[\w-]+:\w+$/.test(action));
  if (malformed !== undefined || actions.length === 0) {
    throw new AwsError('InvalidInput', `Invalid Input Actions. Actions must be given as service:action: ${malformed}`);
  }
  return actions;
}

/** The result for one action on one resource. */
interface Outcome {
  readonly EvalResourceDecision: Decision['decision'];
  readonly MatchedStatements: readonly object[];
  readonly MissingContextValues: readonly string[];
  readonly EvalDecisionDetails?: ReadonlyMap<string, string>;
  readonly PermissionsBoundaryDecisionDetail?: { readonly AllowedByPermissionsBoundary: boolean };
}

function answer(
  { principal, identity, boundary, resourcePolicy }: Simulation,
  owner: string | undefined,
  action: string,
  resource: string,
  context: ContextKeys,
): Outcome {
  const isCrossAccount = resourcePolicy !== undefined && owner !== undefined && owner !== principal.accountId;
  const decision = evaluate({
    principal,
    action,
    resource,
    context,
    identityPolicies: identity.map(({ attached }) => attached),
    ...(isCrossAccount ? { resourceAccountId: owner } : {}),
    permissionsBoundary: boundary?.attached,
    resourcePolicies: resourcePolicy && [resourcePolicy.attached],
  });
  const sources = { identity, boundary: boundary ? [boundary] : [], resource: resourcePolicy ? [resourcePolicy] : [] };
  const { boundary: withinBoundary } = decision.allowedBy;
  return {
    EvalResourceDecision: decision.decision,
    MatchedStatements: matched(decision, sources),
    MissingContextValues: decision.missingContext,
    ...(isCrossAccount ? { EvalDecisionDetails: detailsOf(decision) } : {}),
    PermissionsBoundaryDecisionDetail:
      withinBoundary === undefined ? undefined : { AllowedByPermissionsBoundary: withinBoundary },
  };
}

/** Across accounts, each side's own decision. */
function detailsOf({ decision, by, allowedBy }: Decision): ReadonlyMap<string, string> {
  const said = (kind: 'identity' | 'resource') =>
    decision === 'explicitDeny' && by === kind ? 'explicitDeny' : allowedBy[kind] ? 'allowed' : 'implicitDeny';
  return new Map([
    ['IAM Policy', said('identity')],
    ['Resource Policy', said('resource')],
  ]);
}

/** AWS's names for the kinds of policies in responses, which differ from the API model's list. */
const types: Readonly<Record<string, string>> = {
  identity: 'IAM Policy',
  resource: 'Resource Policy',
  boundary: 'IAM Permissions Boundary Policy',
};

const known = new WeakMap<Source, ReturnType<typeof statementPositions>>();

/** The positions of statements in a policy's text, which is parsed once for all actions and resources. */
function positionsIn(source: Source): ReturnType<typeof statementPositions> {
  const positions = known.get(source) ?? statementPositions(source.text);
  known.set(source, positions);
  return positions;
}

function matched(decision: Decision, sources: Readonly<Record<string, readonly Source[]>>): object[] {
  return decision.statements.map(({ kind, policyName, index }) => {
    const source = sources[kind]?.find(({ id }) => id === policyName);
    const extent = source === undefined ? undefined : positionsIn(source)[index];
    return {
      SourcePolicyId: policyName,
      SourcePolicyType: types[kind],
      StartPosition: extent?.start,
      EndPosition: extent?.end,
    };
  });
}

/** One action's result: for several resources, their combination and each one separately. */
function resultOf(action: string, resources: readonly string[], answers: readonly Outcome[]): object {
  const has = (decision: string) => answers.some((one) => one.EvalResourceDecision === decision);
  const isPlain = resources.length === 1 && resources[0] === '*';
  const [first] = answers;
  const { EvalResourceDecision: _first, ...common } = first ?? {};
  return {
    ...(answers.length === 1 ? common : { MatchedStatements: distinct(answers) }),
    EvalActionName: action,
    EvalResourceName: resources.length === 1 ? resources[0] : '*',
    EvalDecision: has('allowed') ? 'allowed' : has('explicitDeny') ? 'explicitDeny' : 'implicitDeny',
    // If resources are given, missing keys are reported with each of them.
    MissingContextValues: isPlain ? (first?.MissingContextValues ?? []) : [],
    ...(isPlain
      ? {}
      : { ResourceSpecificResults: answers.map((one, at) => ({ EvalResourceName: resources[at], ...one })) }),
  };
}

function distinct(answers: readonly Outcome[]): object[] {
  const all = answers.flatMap(({ MatchedStatements }) => MatchedStatements);
  return [...new Map(all.map((statement) => [JSON.stringify(statement), statement])).values()];
}
