import { permissionOf, statements } from '../checking/permissions.ts';

/** A statement that would allow a call that was denied, or why none would. */
export type MissingPermission =
  | {
      readonly statement: { readonly Effect: 'Allow'; readonly Action: string; readonly Resource: string | string[] };
      /**
       * Whether the checker's least policy includes it. It doesn't include what deployments or leftover searches need.
       */
      readonly isOfChecker: boolean;
    }
  | { readonly deniedBy: string };

const sentence = /is not authorized to perform: ([\w-]+:\w+)(?: on resource: (arn:[^\s"]+))?/;

/**
 * Returns what the caller lacks: from AWS's message, or else from the call that was made; undefined if neither says.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
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

/** Returns whether a policy's resource, with its `*`, equals or covers another. */
function covers(pattern: string, resource: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[^\w/]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(resource);
}
