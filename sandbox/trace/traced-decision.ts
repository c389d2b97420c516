/** A request to IAM with its decision. */
export interface TracedDecision {
  /** `arn:aws:sts::…:assumed-role/…/SendMessage`; `apigateway.amazonaws.com` for a function's resource policy. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** The kind of policy that decided; for an implicit deny, the kind that should have allowed. */
  readonly by: PolicyKind;
  /** The first statement that decided; missing for an implicit deny. */
  readonly statement?: TracedStatement;
  /** Every evaluated policy. Kinds that aren't here don't exist. */
  readonly asked: readonly AskedPolicy[];
  /** Context keys that conditions use and the request doesn't have. */
  readonly missingContext: readonly string[];
}

export type PolicyKind = 'identity' | 'resource' | 'trust' | 'boundary' | 'session';

export interface TracedStatement {
  readonly kind: PolicyKind;
  /** Missing for the resource's policy, or a session's own. */
  readonly policy?: string;
  /** From 0. */
  readonly index: number;
  readonly sid?: string;
}

export interface AskedPolicy {
  readonly kind: PolicyKind;
  /** The name of an inline or managed policy. */
  readonly policy?: string;
  /** The ARN of a managed policy. */
  readonly arn?: string;
  readonly said: 'allow' | 'deny' | 'nothing';
  readonly statements: number;
  /** The indexes of the statements that said it. */
  readonly matched: readonly number[];
}
