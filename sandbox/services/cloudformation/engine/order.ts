import { ValidationError } from '../validation-error.ts';
import { references } from './references.ts';
import type { Template } from './template.ts';

/** Logical ids with the logical ids that they depend on. */
export type Dependencies = Readonly<Record<string, readonly string[]>>;

/** Returns each resource's dependencies. Throws if they are circular. */
export function dependencies(template: Pick<Template, 'Resources'>, present: readonly string[]): Dependencies {
  const found = Object.fromEntries(
    present.map((logicalId) => {
      const { Properties, DependsOn = [] } = template.Resources[logicalId] ?? { Properties: {} };
      const names = [...references(Properties).map(({ name }) => name), ...[DependsOn].flat()];
      return [logicalId, [...new Set(names)].filter((name) => present.includes(name))];
    }),
  );
  const circle = findCircle(found);
  if (circle.length > 0) {
    throw new ValidationError(`Circular dependency between resources: [${circle.join(', ')}]`);
  }
  return found;
}

/** The reversed graph: the order of deletion. */
export function reversed(graph: Dependencies): Dependencies {
  const turned: Record<string, string[]> = Object.fromEntries(Object.keys(graph).map((id) => [id, []]));
  for (const [id, needs] of Object.entries(graph)) for (const needed of needs) turned[needed]?.push(id);
  return turned;
}

/** An error at one resource. */
export interface Failure {
  readonly logicalId: string;
  readonly error: unknown;
}

/**
 * Runs each resource as soon as all of its dependencies have run, independent ones at the same time. After a failure
 * nothing new starts; resolves with the failures when everything started has ended.
 */
export async function inOrder(
  graph: Dependencies,
  run: (logicalId: string) => Promise<void>,
  { goOn = false }: { /** Whether to begin others after a failure. */ readonly goOn?: boolean } = {},
): Promise<Failure[]> {
  const failures: Failure[] = [];
  const visited = new Map<string, Promise<void>>();
  function visit(logicalId: string): Promise<void> {
    const begun = visited.get(logicalId);
    if (begun !== undefined) return begun;
    const needs = (graph[logicalId] ?? []).filter((id) => graph[id] !== undefined);
    const visiting = Promise.all(needs.map(visit)).then(async () => {
      if (failures.length > 0 && !goOn) return;
      // A throw before the first await counts, too: rejecting here would report the end while others are still running.
      try {
        await run(logicalId);
      } catch (error) {
        failures.push({ logicalId, error });
      }
    });
    visited.set(logicalId, visiting);
    return visiting;
  }
  await Promise.all(Object.keys(graph).map(visit));
  return failures;
}

/** The resources that can't be ordered: what remains after repeatedly removing those without dependencies. */
function findCircle(graph: Dependencies): string[] {
  let rest = Object.keys(graph);
  for (;;) {
    const waiting = rest.filter((id) => graph[id]?.some((needed) => rest.includes(needed)));
    if (waiting.length === rest.length) return rest;
    rest = waiting;
  }
}
