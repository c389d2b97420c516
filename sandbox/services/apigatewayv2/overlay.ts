import type { Store, Write } from '../../state/store.ts';

/** The store as it will be after these writes: the state from which a change must be deployed. */
export function overlay(store: Store, writes: readonly Write[]): Pick<Store, 'get' | 'entries'> {
  const touching = (scope: string, collection: string) =>
    writes.filter((write) => write.scope === scope && write.collection === collection);
  return {
    get(scope, collection, id) {
      const write = touching(scope, collection).findLast((candidate) => candidate.id === id);
      return write === undefined ? store.get(scope, collection, id) : write.value;
    },
    entries(scope, collection) {
      const records = new Map(store.entries(scope, collection));
      for (const { id, value } of touching(scope, collection)) {
        if (value === undefined) records.delete(id);
        else records.set(id, value);
      }
      return [...records];
    },
  };
}
