import { LabError } from '../failures/errors.ts';
import { locator } from '../observe/locate.ts';
import type { FailedDeployment } from './failed-deployment.ts';

/**
 * Returns the error for a deployment of resources that need each other; undefined for any other failure. CloudFormation
 * names the logical ids of all that are in any circle. The shortest circle in the template that was to be deployed says
 * more.
 */
export function circularDependency(
  output: string,
  template: string,
  { root, labFolder, lab, paths, again }: FailedDeployment,
): LabError | undefined {
  const ids = /Circular dependency between resources: \[([^\]]+)\]/.exec(output)?.[1]?.split(', ');
  if (ids === undefined) return undefined;
  const locate = locator({ root, labFolder, paths });
  const named = (id: string) =>
    paths
      .get(id)
      ?.replace(/^[^/]+\//, '')
      .replace(/\/Resource$/, '') ?? id;
  const lines = shortestCircle(ids, resourcesIn(template)).map((id, index, circle) => {
    const place = locate(id);
    const needed = named(circle[(index + 1) % circle.length] ?? id);
    return `\n  ${named(id)} needs ${needed}${place === undefined ? '' : `  ${place.file}:${place.line}`}`;
  });
  const all = lines.length > 0 ? lines.join('') : `\n  ${[...new Set(ids.map(named))].join(', ')}`;
  return new LabError(
    `The deployment of ${lab} failed: some resources need each other, so CloudFormation can't create any of them first.${all}`,
    `Usually, a construct was passed to another that it already uses, such as a function to a user pool that the function's environment names. Pass another one, or remove one of the two uses, and ${again}.`,
  );
}

/** Returns the shortest circle of these resources, each followed by one that it needs; empty if none is known. */
function shortestCircle(ids: readonly string[], resources: Readonly<Record<string, unknown>>): readonly string[] {
  const needs = new Map(
    ids.map((id) => {
      const text = JSON.stringify(resources[id] ?? {});
      // In `Ref`, `Fn::GetAtt` and `DependsOn`, an id is a string; in `Fn::Sub`, it is a part of one.
      const isNamed = (other: string) => ['"', '${'].some((mark) => new RegExp(`\\${mark}${other}["}.]`).test(text));
      return [id, ids.filter((other) => isNamed(other))] as const;
    }),
  );
  const circles = ids.map((id) => circleFrom(id, needs)).filter(({ length }) => length > 0);
  return circles.sort((one, other) => one.length - other.length)[0] ?? [];
}

function circleFrom(start: string, needs: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const seen = new Set<string>();
  for (let ways = [[start]]; ways.length > 0; ) {
    const longer: string[][] = [];
    for (const way of ways) {
      for (const next of needs.get(way.at(-1) ?? start) ?? []) {
        if (next === start) return way;
        if (seen.has(next)) continue;
        seen.add(next);
        longer.push([...way, next]);
      }
    }
    ways = longer;
  }
  return [];
}

function resourcesIn(template: string): Readonly<Record<string, unknown>> {
  const { Resources = {} } = JSON.parse(template) as { readonly Resources?: Record<string, unknown> };
  return Resources;
}
