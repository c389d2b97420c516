import type { Store, Write } from './store.ts';

/** A typed view of one kind of record. Declared once, beside the service that owns the records. */
export interface Collection<T> {
  get(store: Pick<Store, 'get'>, scope: string, id: string): T | undefined;
  list(store: Pick<Store, 'entries'>, scope: string): T[];
  put(scope: string, id: string, value: T): Write;
  remove(scope: string, id: string): Write;
  /** The scopes that contain such records. */
  scopes(store: Pick<Store, 'scopes'>): string[];
}

/** Declares a collection. Records are JSON: no Date, no significant undefined. `name` is `service/kind`. */
export function collection<T extends object>(name: string): Collection<Readonly<T>> {
  return {
    get: (store, scope, id) => store.get(scope, name, id) as T | undefined,
    list: (store, scope) => store.entries(scope, name).map(([, value]) => value as T),
    put: (scope, id, value) => ({ scope, collection: name, id, value }),
    remove: (scope, id) => ({ scope, collection: name, id, value: undefined }),
    scopes: (store) => store.scopes(name),
  };
}
