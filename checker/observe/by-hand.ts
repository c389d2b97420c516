import type { StackResource, Subject } from '../checking/check.ts';
import { resourceNamed } from './physical-id.ts';
import { actionsIn, actionsOf } from './policy-actions.ts';
import { deployedTemplate } from './stack.ts';
import { observeTemplate } from './template.ts';

/** A policy that a role has in the account, but that the stack didn't give it. */
export type AttachedByHand =
  | { readonly kind: 'inline'; readonly role: string; readonly name: string }
  | { readonly kind: 'managed'; readonly role: string; readonly name: string; readonly arn: string };

/** The same, or one of the stack's own policies with additional actions, or the whole role. */
export type PolicyByHand =
  | AttachedByHand
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'changed'; readonly role: string; readonly name: string; readonly actions: readonly string[] };

/**
 * Returns a stack role's policies that somebody attached or changed in the account, and a role that the stack neither
 * created nor references. Empty if that can't be determined: if the template is YAML, which the CDK didn't generate, or
 * only references the role.
 */
export async function observeByHand(
  subject: Pick<Subject, 'target' | 'stack' | 'resources'>,
  role: string,
): Promise<PolicyByHand[]> {
  const made = resourceNamed(subject.resources, 'AWS::IAM::Role', role);
  const [client, iam, templates] = await Promise.all([
    subject.target.clients.iam(),
    import('../aws/sdk/iam.ts'),
    observeTemplates(subject),
  ]);
  if (!templates.every((template) => template.trimStart().startsWith('{'))) return [];
  const template = templates.join('\n');
  if (made === undefined) {
    return [`"${role}"`, `/${role}"`].some((named) => template.includes(named)) ? [] : [{ kind: 'role', role }];
  }
  const policies: AttachedByHand[] = [];
  for await (const { PolicyNames = [] } of iam.paginateListRolePolicies({ client }, { RoleName: role })) {
    policies.push(...PolicyNames.map((name) => ({ kind: 'inline', role, name }) as const));
  }
  for await (const { AttachedPolicies = [] } of iam.paginateListAttachedRolePolicies({ client }, { RoleName: role })) {
    for (const { PolicyName: name = '', PolicyArn: arn = '' } of AttachedPolicies) {
      policies.push({ kind: 'managed', role, name, arn });
    }
  }
  const byHand: PolicyByHand[] = [];
  for (const policy of policies) {
    if (!isOfStack(policy, template, subject.resources)) byHand.push(policy);
    const given =
      policy.kind === 'inline'
        ? templates.map((each) => actionsIn(each, policy.name)).find((actions) => actions !== undefined)
        : undefined;
    if (given === undefined) continue;
    const command = new iam.GetRolePolicyCommand({ RoleName: role, PolicyName: policy.name });
    const { PolicyDocument = '{}' } = await client.send(command);
    // Actions are case-insensitive in IAM.
    const known = new Set(given.map((action) => action.toLowerCase()));
    const inAccount = actionsOf(JSON.parse(decodeURIComponent(PolicyDocument)));
    const actions = inAccount.filter((action) => !known.has(action.toLowerCase()));
    if (actions.length > 0) byHand.push({ kind: 'changed', role, name: policy.name, actions });
  }
  return byHand;
}

/** Returns the templates of the stack and of its related ones: a policy can be in another stack than its role. */
function observeTemplates(subject: Pick<Subject, 'target' | 'stack' | 'resources'>): Promise<string[]> {
  const others = new Set(subject.resources.flatMap(({ stack }) => stack ?? []));
  return Promise.all([
    observeTemplate(subject),
    ...[...others].map((stack) => deployedTemplate(subject.target, stack)),
  ]);
}

/**
 * Whether the stack gave the role this policy: it created it, or its template references it. A policy that the stack
 * creates is referenced by its name, and one that it only attaches, by the end of its ARN.
 */
export function isOfStack(policy: AttachedByHand, template: string, resources: readonly StackResource[]): boolean {
  const made = resources.some(({ type, physicalId }) =>
    policy.kind === 'managed'
      ? type === 'AWS::IAM::ManagedPolicy' && physicalId === policy.arn
      : type.startsWith('AWS::IAM::') && physicalId.split('|').includes(policy.name),
  );
  if (made) return true;
  const name = JSON.stringify(policy.name).slice(1, -1);
  if (policy.kind === 'inline') return template.includes(`"${name}"`);
  return template.includes(`/${name}"`);
}

/** Returns the AWS CLI command that removes such a policy from its role. */
export function takeOff(policy: AttachedByHand): string {
  return policy.kind === 'inline'
    ? `aws iam delete-role-policy --role-name ${policy.role} --policy-name ${policy.name}`
    : `aws iam detach-role-policy --role-name ${policy.role} --policy-arn ${policy.arn}`;
}
