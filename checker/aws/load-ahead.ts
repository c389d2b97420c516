import type { Clients } from './target.ts';

/**
 * Loads SDK clients that are needed soon, while there is nothing else to do: each takes about 10 ms. Whoever uses one
 * gets the error if it can't be loaded.
 */
export function loadAhead(clients: Clients, ...services: ReadonlyArray<Exclude<keyof Clients, 'connections'>>): void {
  for (const service of services) void clients[service]().catch(() => {});
}
