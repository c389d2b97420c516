import type { Subject } from '../checking/check.ts';
import type { Sender } from './sender.ts';
import { simulate } from './simulate.ts';

/**
 * The roles of the stack that a function's role may take on, by ARN: its own policies let it call `sts:AssumeRole` on
 * them, or their trust policy names it, which within one account is enough
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html).
 */
export async function observeMayBecome(
  subject: Pick<Subject, 'target' | 'resources'>,
  sender: Sender,
): Promise<string[]> {
  const names = subject.resources.flatMap(({ type, physicalId }) =>
    type === 'AWS::IAM::Role' && physicalId !== sender.roleName ? physicalId : [],
  );
  const [client, { GetRoleCommand }] = await Promise.all([subject.target.clients.iam(), import('@aws-sdk/client-iam')]);
  const roles = await Promise.all(
    names.map(async (RoleName) => {
      const { Role } = await client.send(new GetRoleCommand({ RoleName }));
      return { arn: Role?.Arn ?? '', trust: decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '{}') };
    }),
  );
  const probes = roles.map(({ arn }) => ({ action: 'sts:AssumeRole', resource: arn }));
  const allowed = (await simulate(subject, sender, probes)).filter(({ decision }) => decision === 'allowed');
  return roles.flatMap(({ arn, trust }) =>
    allowed.some(({ resource }) => resource === arn) || isTrusted(sender.roleArn, trust) ? arn : [],
  );
}

/** `arn:aws:sts::111122223333:assumed-role/<role>/<session>`: a function calls as a session of its role. */
function isSessionOf(roleArn: string, arn: string | undefined): boolean {
  const [, partition, , , account, role = ''] = roleArn.split(':');
  const name = role.split('/').at(-1);
  return arn?.startsWith(`arn:${partition}:sts::${account}:assumed-role/${name}/`) === true;
}

interface TrustStatement {
  readonly Effect?: string;
  readonly Principal?: '*' | { readonly AWS?: string | readonly string[] };
}

/** Whether a trust policy lets this very role in, not only its account: that would leave it to the role's own policies. */
export function isTrusted(roleArn: string, trust: string): boolean {
  const { Statement = [] } = JSON.parse(trust) as { Statement?: TrustStatement | readonly TrustStatement[] };
  return [Statement].flat().some(({ Effect, Principal }) => {
    const named = typeof Principal === 'string' ? Principal : Principal?.AWS;
    return (
      Effect === 'Allow' && [named].flat().some((arn) => arn === '*' || arn === roleArn || isSessionOf(roleArn, arn))
    );
  });
}
