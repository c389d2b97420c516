import { permissionOf } from '../permissions.ts';

/** A statement that would let a call pass which was refused, or why none would. */
export type MissingPermission =
  | { readonly statement: { readonly Effect: 'Allow'; readonly Action: string; readonly Resource: string | string[] } }
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
  const known = call === undefined ? undefined : permissionOf(call);
  const Action = said ?? known?.action;
  if (Action === undefined) return undefined;
  const declared = known?.action === Action ? known.statement.resources({ region: '*', account: '*' }) : [];
  const [only, ...others] = declared;
  const Resource = resource ?? (only === undefined ? '*' : others.length === 0 ? only : [only, ...others]);
  return { statement: { Effect: 'Allow', Action, Resource } };
}
