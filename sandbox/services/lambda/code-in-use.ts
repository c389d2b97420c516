import type { World } from '../../calls/context.ts';
import { functions } from './records.ts';

/** Returns the blobs with the code of all functions, in all their versions. */
export function codeInUse(store: World['store']): Set<string> {
  const inUse = new Set<string>();
  for (const scope of functions.scopes(store)) {
    for (const { latest, versions } of functions.list(store, scope)) {
      for (const { code } of [latest, ...versions]) inUse.add(code);
    }
  }
  return inUse;
}
