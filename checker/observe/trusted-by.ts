import { plain } from '../../sandbox/iam-policy/access/access.ts';
import { certaintyOf } from '../../sandbox/iam-policy/access/certainty.ts';
import { type Clause, isIn, not, witness } from '../../sandbox/iam-policy/access/witness.ts';
import { textsOf } from '../../sandbox/iam-policy/conditions.ts';
import type { Subject } from '../checking/check.ts';
import { fixedFor } from './role-policies.ts';
import type { Sender } from './sender.ts';

/** The roles that a role can assume because they trust it, by ARN, and whether that is all of them. */
export interface TrustedBy {
  readonly roles: readonly string[];
  /** Why some roles weren't checked. */
  readonly notAll?: string;
}

/** How many pages of roles are read; IAM returns up to a thousand per page, and sometimes fewer. */
const mostPages = 10;

/**
 * Finds the account's roles whose trust policy names a function's role. Within one account that is enough to assume
 * them (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html).
 */
export async function observeTrustedBy(
  subject: Pick<Subject, 'target' | 'resources'>,
  sender: Pick<Sender, 'roleArn' | 'roleName'>,
): Promise<TrustedBy> {
  const [client, iam] = await Promise.all([subject.target.clients.iam(), import('../aws/sdk/iam.ts')]);
  const roles: string[] = [];
  const look = (arn = '', trust = '{}') => {
    if (arn !== sender.roleArn && isTrusted(sender.roleArn, decodeURIComponent(trust))) roles.push(arn);
  };
  let Marker: string | undefined;
  try {
    for (let page = 0; page < mostPages; page++) {
      const answer = await client.send(new iam.ListRolesCommand({ MaxItems: 1000, Marker }));
      for (const { Arn, AssumeRolePolicyDocument } of answer.Roles ?? []) look(Arn, AssumeRolePolicyDocument);
      Marker = answer.IsTruncated === true ? answer.Marker : undefined;
      if (Marker === undefined) return { roles };
    }
    return { roles, notAll: `the account has more roles than the ${mostPages} pages that were read` };
  } catch (error) {
    if (!(error instanceof Error) || !error.name.startsWith('AccessDenied')) throw error;
  }
  for (const { type, physicalId: RoleName } of subject.resources) {
    if (type !== 'AWS::IAM::Role' || RoleName === sender.roleName) continue;
    const { Role } = await client.send(new iam.GetRoleCommand({ RoleName }));
    look(Role?.Arn, Role?.AssumeRolePolicyDocument);
  }
  return { roles, notAll: "the checker's credentials aren't allowed to list the account's roles (iam:ListRoles)" };
}

interface ResourceStatement {
  readonly Effect?: string;
  readonly Principal?: '*' | { readonly AWS?: string | readonly string[] };
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Condition?: unknown;
}

/**
 * Whether a trust policy admits exactly this role. One that admits its account leaves that to the role's own policies.
 */
export function isTrusted(roleArn: string, trust: string): boolean {
  return isAdmitted(roleArn, 'sts:AssumeRole', trust);
}

/**
 * Whether a resource's policy allows a role a call, even if only under a condition, and has no statement that surely
 * denies it.
 */
export function isAdmitted(roleArn: string, action: string, policy: string): boolean {
  const { allowed, denied } = actionsFor(roleArn, policy);
  const covers = ({ actions }: Admitted) => isIn([actions], action.toLowerCase());
  return allowed.some(covers) && !denied.some(covers);
}

/**
 * Returns the actions of the statement in which a resource's policy allows a role one of these but not of the others,
 * even if only under a condition; undefined if it allows none.
 */
export function admittedBeyond(
  roleArn: string,
  { of, except }: { readonly of: string; readonly except: readonly string[] },
  policy: string,
): string | undefined {
  const { allowed, denied } = actionsFor(roleArn, policy);
  const beyond = [clauseOf([of]), not(clauseOf(except)), ...denied.map(({ actions }) => not(actions))];
  return allowed.find(({ actions }) => witness([actions, ...beyond]) !== undefined)?.said;
}

/** The actions of one statement. */
interface Admitted {
  readonly actions: Clause;
  /** As they are written: `lambda:Put*`. */
  readonly said: string;
}

/** The actions that a resource's policy may allow a role, and those that it surely denies it, by statement. */
function actionsFor(roleArn: string, policy: string): { readonly allowed: Admitted[]; readonly denied: Admitted[] } {
  const { Version, Statement = [] } = JSON.parse(policy) as {
    Version?: string;
    Statement?: ResourceStatement | readonly ResourceStatement[];
  };
  const about = [Statement].flat().flatMap(({ Effect, Principal, Action, NotAction, Condition }) => {
    const named = typeof Principal === 'string' ? Principal : Principal?.AWS;
    const isNamed = [named].flat().some((arn) => arn === '*' || arn === roleArn || isSessionOf(roleArn, arn));
    if (!isNamed) return [];
    const certainty = certaintyOf(Condition, Version === '2012-10-17', fixedFor(roleArn));
    const texts = textsOf(Action ?? NotAction);
    const actions = Action === undefined ? not(clauseOf(texts)) : clauseOf(texts);
    const said = `${Action === undefined ? 'everything except ' : ''}${texts.join(', ')}`;
    return [{ Effect, actions, said, certainty }];
  });
  return {
    allowed: about.filter(({ Effect, certainty }) => Effect === 'Allow' && certainty !== 'never'),
    denied: about.filter(({ Effect, certainty }) => Effect === 'Deny' && certainty === 'always'),
  };
}

function clauseOf(texts: readonly string[]): Clause {
  return { patterns: texts.map((text) => plain(text, 'like', true)), negated: false };
}

/** `arn:aws:sts::111122223333:assumed-role/<role>/<session>`: a function makes calls as a session of its role. */
function isSessionOf(roleArn: string, arn: string | undefined): boolean {
  const [, partition, , , account, role = ''] = roleArn.split(':');
  const name = role.split('/').at(-1);
  return arn?.startsWith(`arn:${partition}:sts::${account}:assumed-role/${name}/`) === true;
}
