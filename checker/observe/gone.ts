import type { StackResource, Subject } from '../checking/check.ts';
import { isNotFound } from '../failures/failure.ts';
import { type Item, type Kind, kinds } from './account-resources.ts';
import { madeBy, propertiesIn } from './declared.ts';
import { isNamedBy } from './physical-id.ts';

/** A resource of the stack that the account was asked for. */
export interface Looked {
  readonly resource: StackResource;
  /** The resource that it belongs to. */
  readonly parent?: StackResource | undefined;
  /** It as the account has it; undefined if it isn't there. */
  readonly item?: Item;
}

/**
 * Asks the account for what the stack made. Left out is what can't be asked for, what belongs to another stack, and what may be
 * there under another name than CloudFormation's.
 */
export async function observeLooked(
  { target, resources }: Pick<Subject, 'target' | 'resources'>,
  template: string,
): Promise<Looked[]> {
  const properties = propertiesIn(template);
  const asked = new Map<string, ReturnType<typeof itemsOrNone>>();
  const itemsOf = (type: string, kind: Kind, of: string) => {
    const known = asked.get(`${type} ${of}`) ?? itemsOrNone(kind.list(target.clients, of));
    asked.set(`${type} ${of}`, known);
    return known;
  };
  const looked = await Promise.all(
    resources.map(async (resource) => {
      const { logicalId, physicalId, type } = resource;
      const kind = kinds[type];
      const written = properties[logicalId];
      if (kind === undefined || written === undefined || resource.stack !== undefined) return [];
      const id = kind.name === undefined ? physicalId : written[kind.name];
      const parent = kind.parent === undefined ? undefined : madeBy(written[kind.parent], resources);
      if (typeof id !== 'string' || (kind.parent !== undefined && parent === undefined)) return [];
      const items = await itemsOf(type, kind, parent?.physicalId ?? id);
      if (items === undefined) return [];
      // The service itself knew the one that it was asked for.
      const item = kind.parent === undefined ? items[0] : items.find((each) => isNamedBy(id, each.id));
      return [{ resource, parent, items, item }];
    }),
  );
  const seen = looked.flat();
  return seen.filter(({ item, items, resource: { type } }) => {
    if (item !== undefined || items.length === 0) return true;
    const alike = seen.filter((other) => other.resource.type === type);
    // An account whose ids are those of CloudFormation for one resource of a type has them for all.
    return (
      alike.some((other) => other.item !== undefined) ||
      items.every((each) => alike.some((other) => other.item === each))
    );
  });
}

/**
 * Returns what the stack made and somebody deleted in the account: CloudFormation is never told, and still believes in it. What
 * went with something else is left out.
 */
export function goneOf(looked: readonly Looked[]): StackResource[] {
  const gone = looked.filter(({ item }) => item === undefined);
  const names = new Set(gone.map(({ resource }) => resource.logicalId));
  return gone.flatMap(({ resource, parent }) =>
    parent !== undefined && names.has(parent.logicalId) ? [] : [resource],
  );
}

/** None if the service says, in its own words, that there is no such thing; undefined if it can't be asked. */
async function itemsOrNone(items: Promise<readonly Item[]>): Promise<readonly Item[] | undefined> {
  return items.catch((error: unknown) => (isNotFound(error) ? [] : undefined));
}
