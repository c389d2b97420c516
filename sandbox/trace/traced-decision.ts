/** A question to IAM with its answer. */
export interface TracedDecision {
  /** `arn:aws:sts::…:assumed-role/…/SendMessage`; `apigateway.amazonaws.com` for a function's resource policy. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** The kind of policy that decided; at an implicit deny, the kind that would have had to allow. */
  readonly by: PolicyKind;
  /** The first statement that decided; missing at an implicit deny. */
  readonly statement?: TracedStatement;
  /** Every policy that was asked. A kind that is not here was not there. */
  readonly asked: readonly AskedPolicy[];
  /** Context keys that conditions ask for and the request does not have. */
  readonly missingContext: readonly string[];
}

export type PolicyKind = 'identity' | 'resource' | 'trust' | 'boundary' | 'session';

export interface TracedStatement {
  readonly kind: PolicyKind;
  /** Missing if it is the policy of the resource, or a session's own. */
  readonly policy?: string;
  /** From 0. */
  readonly index: number;
  readonly sid?: string;
}

export interface AskedPolicy {
  readonly kind: PolicyKind;
  /** The name of an inline policy, or of a managed one. */
  readonly policy?: string;
  /** The ARN of a managed policy. */
  readonly arn?: string;
  readonly said: 'allow' | 'deny' | 'nothing';
  readonly statements: number;
  /** The places, from 0, of the statements that said it. */
  readonly matched: readonly number[];
}
