import type { CompiledPolicy } from './parse.ts';
import type { RequestPrincipal } from './principal.ts';
import type { ContextKeys } from './request-context.ts';

/** The role that a policy plays in a request. */
export type PolicyKind = 'identity' | 'resource' | 'trust' | 'boundary' | 'session';

/** A compiled policy, and its name if one of its statements decides. */
export interface AttachedPolicy {
  readonly policy: CompiledPolicy;
  /** The inline policy's name, or the managed policy's. */
  readonly name?: string;
  /** A managed policy's ARN. */
  readonly arn?: string;
}

/** One question: is this principal allowed this action on this resource? */
export interface EvaluationRequest {
  readonly principal: RequestPrincipal;
  /** `dynamodb:Scan`, in any case. */
  readonly action: string;
  /** An ARN, or `*` for an action without resources. */
  readonly resource: string;
  /** The resource's owner; by default the principal's own account. */
  readonly resourceAccountId?: string;
  readonly context: ContextKeys;
  readonly identityPolicies: readonly AttachedPolicy[];
  readonly resourcePolicies?: readonly AttachedPolicy[];
  /** For `sts:AssumeRole`: the role's trust policy, which must allow whatever the other policies say. */
  readonly trustPolicy?: AttachedPolicy;
  readonly permissionsBoundary?: AttachedPolicy;
  /** None: the session has no session policy, and isn't limited. */
  readonly sessionPolicies?: readonly AttachedPolicy[];
}

/** A statement that applied to the request. */
export interface MatchedStatement {
  readonly kind: PolicyKind;
  readonly policyName?: string;
  readonly policyArn?: string;
  readonly Sid?: string;
  /** The statement's index in its policy, from 0. */
  readonly index: number;
}

export interface Decision {
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** The kind of policy that decided; for an implicit deny, the kind that should have allowed. */
  readonly by: PolicyKind;
  /** The statement that decided; an implicit deny has none, and neither does the root user. */
  readonly statement?: MatchedStatement;
  /** Every statement that led to the decision: the allowing ones, or else the denying ones. */
  readonly statements: readonly MatchedStatement[];
  /** The result of each kind of policy on its own: SimulatePrincipalPolicy's decision details. */
  readonly allowedBy: {
    readonly identity: boolean;
    readonly resource: boolean;
    readonly boundary?: boolean;
    readonly session?: boolean;
  };
  /** Context keys that statements about this action and resource use and that the request doesn't have. */
  readonly missingContext: readonly string[];
}
