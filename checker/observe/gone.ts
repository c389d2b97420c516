import type { StackResource, Subject } from '../checking/check.ts';
import { isNotFound } from '../failures/failure.ts';
import { type Item, type Kind, kinds } from './account-resources.ts';
import { madeBy, propertiesIn } from './declared.ts';
import { idWithinParents, isNamedBy } from './physical-id.ts';

/** A resource of the stack that was looked up in the account. */
export interface Looked {
  readonly resource: StackResource;
  /** Its parent resource. */
  readonly parent?: StackResource | undefined;
  /** Its state in the account; undefined if it doesn't exist. */
  readonly item?: Item;
}

/**
 * Looks up the stack's resources in the account. Left out are those that can't be looked up, those that belong to
 * another stack, and those whose id may differ from CloudFormation's.
 */
export async function observeLooked(
  { target, resources }: Pick<Subject, 'target' | 'resources'>,
  template: string,
): Promise<Looked[]> {
  const properties = propertiesIn(template);
  const asked = new Map<string, ReturnType<typeof itemsOrNone>>();
  const itemsOf = (type: string, kind: Kind, of: string, within: string) => {
    const known = asked.get(`${type} ${of}`) ?? itemsOrNone(kind.list(target.clients, of, within));
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
      const above = kind.within === undefined ? undefined : madeBy(written[kind.within], resources);
      const of = parent === undefined ? id : idWithinParents(parent.physicalId);
      const items = await itemsOf(type, kind, of, idWithinParents(above?.physicalId ?? ''));
      if (items === undefined) return [];
      // The service itself found the requested one.
      const item = kind.parent === undefined ? items[0] : items.find((each) => isNamedBy(id, each.id));
      return [{ resource, parent, items, item }];
    }),
  );
  const seen = looked.flat();
  return seen.filter(({ item, items, resource: { type } }) => {
    if (item !== undefined || items.length === 0) return true;
    const alike = seen.filter((other) => other.resource.type === type);
    // If an account uses CloudFormation's ids for one resource of a type, it does so for all.
    return (
      alike.some((other) => other.item !== undefined) ||
      items.every((each) => alike.some((other) => other.item === each))
    );
  });
}

/**
 * Returns the stack's resources that were deleted manually: CloudFormation isn't notified, and thinks they still
 * exist. Children of deleted resources are left out.
 */
export function goneOf(looked: readonly Looked[]): StackResource[] {
  const gone = looked.filter(({ item }) => item === undefined);
  const names = new Set(gone.map(({ resource }) => resource.logicalId));
  return gone.flatMap(({ resource, parent }) =>
    parent !== undefined && names.has(parent.logicalId) ? [] : [resource],
  );
}

/** Empty if the service says, in its own words, that it doesn't exist; undefined if it can't be read. */
async function itemsOrNone(items: Promise<readonly Item[]>): Promise<readonly Item[] | undefined> {
  return items.catch((error: unknown) => (isNotFound(error) ? [] : undefined));
}
