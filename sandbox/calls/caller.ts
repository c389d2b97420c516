/** The caller of a call. Every call has one, even if a service makes it for another. */
export interface Caller {
  /** Twelve digits. */
  readonly accountId: string;
  /** From GetCallerIdentity: `arn:aws:iam::…:user/…`, `arn:aws:sts::…:assumed-role/…/…`. */
  readonly arn: string;
  /** AWS's unique id: `AIDA…` for a user, `AROA…:session` for a role. */
  readonly userId: string;
  readonly type: 'user' | 'assumed-role' | 'service' | 'anonymous';
  /** The role behind an assumed-role session. */
  readonly roleArn?: string;
  /** Additional data of temporary credentials; long-term keys have none. */
  readonly session?: CallerSession;
}

export interface CallerSession {
  /** When the credentials were issued: ISO 8601. */
  readonly issued: string;
  /** The session policy passed to AssumeRole, as JSON. */
  readonly policy?: string;
  /** ARNs of managed policies passed to AssumeRole as session policies. */
  readonly policyArns?: readonly string[];
  /** The function that the credentials were created for. */
  readonly functionArn?: string;
  /** The tags passed to AssumeRole, and those passed on by the calling session. */
  readonly tags?: ReadonlyArray<{ readonly Key: string; readonly Value: string }>;
  /** Which of the tags are transitive in a role chain: their keys in lower case. */
  readonly transitive?: readonly string[];
  /** The source identity, as set in the first session of the chain. */
  readonly sourceIdentity?: string;
}
