import type { Clients } from '../../checker/aws/target.ts';

/** The calls that SDK clients make, and those that IAM denied. */
export interface Record {
  readonly made: Set<string>;
  readonly refused: Set<string>;
}

/** The part of an SDK's middleware that is used here: each client types its own. */
interface Stack {
  add(
    middleware: (
      next: (request: object) => Promise<object>,
      context: { readonly commandName?: string },
    ) => (request: object) => Promise<object>,
    options: { readonly step: 'initialize'; readonly name: string },
  ): void;
}

/** Clients that record their calls. Ask for each before it is used, because it is found by name. */
export async function record(clients: Clients): Promise<Record> {
  const made = new Set<string>();
  const refused = new Set<string>();
  const { connections: _, ...plain } = clients;
  for (const client of await Promise.all(Object.values(plain).map((get) => get()))) {
    (client.middlewareStack as object as Stack).add(
      (next, { commandName = '' }) =>
        async (request) => {
          const call = commandName.replace(/Command$/, '');
          made.add(call);
          try {
            return await next(request);
          } catch (error) {
            if (error instanceof Error && error.name.startsWith('AccessDenied')) refused.add(call);
            throw error;
          }
        },
      { step: 'initialize', name: 'record' },
    );
  }
  return { made, refused };
}
