import type { GateAnswer } from '../path/gates.ts';
import { answersOf, connectionsTarget, gateOf, targetOf } from '../path/gates.ts';
import type { Path } from '../path/paths.ts';
import type { Step } from '../path/step.ts';
import { routeOf } from './activity.ts';

/** The parts that a path has touched up to one of its steps. */
export interface Lit {
  /** Keys of boxes. */
  readonly boxes: ReadonlySet<string>;
  /** Boxes in which something failed. */
  readonly hurt: ReadonlySet<string>;
  /** IAM's answers, by ring. */
  readonly gates: ReadonlyMap<string, GateAnswer>;
  /** The person and the gateway box between which it arrived. */
  readonly from?: readonly [person: string, box: string];
  /** Where the step is: keys of places, the best first. */
  readonly places: readonly string[];
  /** Whether the step is one that went wrong. */
  readonly isBad: boolean;
}

export const nothingLit: Lit = { boxes: new Set(), hurt: new Set(), gates: new Map(), places: [], isBad: false };

/** Returns the parts that a path has touched up to a step. */
export function litBy(path: Path, steps: readonly Step[], index: number): Lit {
  const boxes = new Set<string>();
  const hurt = new Set<string>();
  const until = steps.slice(0, index + 1);
  const person = `person ${path.connectionId}`;
  boxes.add(person);
  const route = routeOf(path);
  let entry: string | undefined;
  for (const { sent, tone } of until) {
    if (sent === undefined) continue;
    const { event } = sent;
    const isBad = tone === 'failed' || tone === 'refused';
    const touch = (key: string) => (isBad ? hurt : boxes).add(key);
    if (event.kind === 'authorizer') {
      touch(`authorizer ${event.function}`);
      entry = `authorizer ${event.function}`;
    }
    const isRouted = event.kind === 'route' || (event.kind === 'permission' && !gateOf(event)?.startsWith('authorize'));
    if (isRouted && route !== undefined) {
      touch(`route ${route}`);
      entry = `route ${route}`;
    }
    if (event.kind === 'invocation') boxes.add(`function ${event.function}`);
    if (event.kind === 'return' && isBad) hurt.add(`function ${event.function}`);
    if (event.kind === 'call' && !isBad) {
      const target = targetOf(event);
      boxes.add(target === connectionsTarget ? `person ${event.to}` : `target ${target}`);
    }
    if (event.kind === 'refused' || event.kind === 'answer') if (isBad) hurt.add(person);
  }
  const step = until.at(-1);
  return {
    boxes,
    hurt,
    gates: answersOf(until.flatMap(({ sent }) => sent ?? [])),
    from: entry === undefined ? undefined : [person, entry],
    places: step?.places ?? [],
    isBad: step?.tone === 'failed' || step?.tone === 'refused',
  };
}
