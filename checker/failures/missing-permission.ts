import { permissionOf, statements } from '../checking/permissions.ts';

/** A statement that would let a call pass which was refused, or why none would. */
export type MissingPermission =
  | {
      readonly statement: { readonly Effect: 'Allow'; readonly Action: string; readonly Resource: string | string[] };
      /** Whether the checker's least policy holds it: what a deployment needs, or the look for what is left, it does not. */
      readonly isOfChecker: boolean;
    }
  | { readonly deniedBy: string };

const sentence = /is not authorized to perform: ([\w-]+:\w+)(?: on resource: (arn:[^\s"]+))?/;

/**
 * What the caller lacks, by the sentence that AWS says, and else by the call that was made; undefined where neither
 * tells. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function missingPermission(message: string, call: string | undefined): MissingPermission | undefined {
  const [, deniedBy] = /with an explicit deny in (?:an? )?([\w -]+)/.exec(message) ?? [];
  if (deniedBy !== undefined) return { deniedBy: deniedBy.trim() };
  const [, said, resource] = sentence.exec(message) ?? [];
  const partition = /^arn:([\w-]+):/.exec(resource ?? '')?.[1] ?? 'aws';
  const anywhere = { region: '*', account: '*', partition };
  const known = call === undefined ? undefined : permissionOf(call);
  const Action = said ?? known?.action;
  if (Action === undefined) return undefined;
  const declared = known?.action === Action ? known.statement.resources(anywhere) : [];
  const [only, ...others] = declared;
  const Resource =
    resource?.replace(/(:stack\/[^/]+\/)[^*]+$/, '$1*') ??
    (only === undefined ? '*' : others.length === 0 ? only : [only, ...others]);
  const allowed = statements.filter(({ calls }) => Action in calls).flatMap(({ resources }) => resources(anywhere));
  const isOfChecker = allowed.some((one) => resource === undefined || covers(one, resource));
  return { statement: { Effect: 'Allow', Action, Resource }, isOfChecker };
}

/** Whether a resource of a policy, with its `*`, is or holds that one. */
function covers(pattern: string, resource: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[^\w/]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(resource);
}
