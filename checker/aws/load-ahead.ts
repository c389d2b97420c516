import type { Clients } from './target.ts';

/**
 * Loads SDK clients that are needed soon, while there is nothing else to do: each takes about 10 ms. If one can't be
 * loaded, its first use rejects.
 */
export function loadAhead(clients: Clients, ...services: ReadonlyArray<Exclude<keyof Clients, 'connections'>>): void {
  for (const service of services) void clients[service]().catch(() => {});
}
