import type { TracedDecision } from '../../../aws/practice.ts';

/** Says in a few words why IAM denied something. */
export function denialInWords({ decision, by }: TracedDecision): string {
  if (decision === 'explicitDeny') return 'a statement denies it';
  if (by === 'identity') return 'no statement allows it';
  if (by === 'resource' || by === 'trust') return 'no statement in the resource policy allows it';
  return by === 'boundary' ? 'the permissions boundary doesn’t allow it' : 'the session policy doesn’t allow it';
}

/** Says which statement decided; undefined if nothing was asked. */
export function decidedBy(decision: TracedDecision | undefined): string | undefined {
  if (decision === undefined) return undefined;
  const { statement } = decision;
  if (statement === undefined) return denialInWords(decision);
  const policy = statement.policy ?? (statement.kind === 'resource' ? 'resource policy' : statement.kind);
  return `${nameOfPolicy(policy)}, statement ${statement.index + 1}`;
}

/** Returns a policy's name, short for those that the CDK generates for a function. */
export function nameOfPolicy(name: string): string {
  const made = /^(\w+?)ServiceRoleDefaultPolicy[0-9A-F]{8}$/.exec(name);
  if (made !== null) return `${made[1]}’s default policy`;
  return name.length > 34 ? `…${name.slice(-30)}` : name;
}
