/** Who makes a call. Every call has a caller, also one that a service makes for another. */
export interface Caller {
  /** Twelve digits. */
  readonly accountId: string;
  /** As GetCallerIdentity gives it: `arn:aws:iam::…:user/…`, `arn:aws:sts::…:assumed-role/…/…`. */
  readonly arn: string;
  /** AWS's unique id: `AIDA…` for a user, `AROA…:session` for a role. */
  readonly userId: string;
  readonly type: 'user' | 'assumed-role' | 'service' | 'anonymous';
  /** The role behind an assumed-role session. */
  readonly roleArn?: string;
  /** What temporary credentials say beside whose they are; long-term keys have none. */
  readonly session?: CallerSession;
}

export interface CallerSession {
  /** When the credentials were issued: ISO 8601. */
  readonly issued: string;
  /** The session policy that AssumeRole was given, as JSON. */
  readonly policy?: string;
  /** ARNs of managed policies that AssumeRole was given as session policies. */
  readonly policyArns?: readonly string[];
  /** The function that the credentials were made for. */
  readonly functionArn?: string;
  /** The tags that AssumeRole was given, and those handed on by the session that called it. */
  readonly tags?: ReadonlyArray<{ readonly Key: string; readonly Value: string }>;
  /** Which of the tags the next session of a chain has too: their keys in lower case. */
  readonly transitive?: readonly string[];
  /** Who is behind the session, as the first of its chain was told. */
  readonly sourceIdentity?: string;
}
