import { authorizerGate, callGate, connectionsTarget, invokeGate } from '../path/gates.ts';
import type { Boxes } from './boxes.ts';
import { bent, exitOf, middle, type Point, within } from './geometry.ts';
import type { Link } from './links.ts';

/** A line of the picture. `key` says what it is for: steps highlight the lines that they use. */
export interface Wire {
  readonly key: string;
  readonly points: readonly Point[];
  readonly kind: 'socket' | 'invoke' | 'call' | 'post' | 'pool';
  /** The ring on it. */
  readonly gate?: string;
}

export interface Gate {
  readonly key: string;
  readonly at: Point;
  /** IAM's question there, in words. */
  readonly asks: string;
  /** Whether one of the role's policies mentions it. */
  readonly isGranted: boolean;
}

// From left to right, between the columns of boxes: boxes.ts.
const socketLane = 196;
const poolLane = 214;
const invokeRing = 484;
const invokeLane = 508;
const callRing = 738;
const postLane = 766;
const callLane = 786;
/** Where lines go above everything else to post to connections. */
export const postHeight = 34;
/** The distance from one ring of a function to the next. */
const ringPitch = 24;

/** Returns the lines between boxes, and the rings on them. */
export function wiresOf(
  base: Boxes,
  links: readonly Link[],
): { readonly wires: readonly Wire[]; readonly gates: readonly Gate[] } {
  const wires: Wire[] = [];
  const gates: Gate[] = [];
  const functionNamed = (name: string | undefined) => base.functions.find(({ of }) => of.name === name);
  const { gateway: box } = base;
  if (box !== undefined) {
    for (const person of base.people) {
      if (person.of.isGuest === true) continue;
      const y = within(middle(person), box);
      wires.push({ key: person.key, kind: 'socket', points: bent(exitOf(person), socketLane, [box.x, y]) });
    }
  }
  const invoked = [
    ...base.routes.map((from) => ({ from, name: from.of.function, gate: invokeGate({ routeKey: from.of.key }) })),
    ...base.authorizers.map((from) => ({ from, name: from.of.function, gate: authorizerGate(from.of.id) })),
  ];
  for (const { from, name, gate } of invoked) {
    const to = functionNamed(name);
    if (to === undefined) continue;
    const y = from.y === to.y ? middle(to) : middle(to) + (from.y > to.y ? 12 : -12);
    wires.push({ key: gate, kind: 'invoke', gate, points: bent(exitOf(from), invokeLane, [to.x, y]) });
    gates.push({
      key: gate,
      at: [invokeRing, middle(from)],
      asks: `Is API Gateway allowed to invoke ${to.of.label}?`,
      isGranted: false,
    });
  }
  for (const to of base.authorizers) {
    const names = functionNamed(to.of.function)?.of.userPools ?? [];
    for (const pool of base.pools.filter(({ of }) => names.includes(of.id))) {
      const points = bent(exitOf(pool), poolLane, [to.x, middle(to) + 12]);
      wires.push({ key: `${pool.key} ${to.key}`, kind: 'pool', points });
    }
  }
  for (const from of base.pools) {
    for (const to of base.functions.filter(({ of }) => from.of.triggers.includes(of.name))) {
      wires.push({
        key: `${from.key} ${to.key}`,
        kind: 'pool',
        points: bent(exitOf(from), poolLane, [to.x, middle(to)]),
      });
    }
  }
  for (const from of base.functions) {
    const own = links.filter((link) => link.function === from.of.name).sort(postsLast);
    for (const [index, { target, isGranted }] of own.entries()) {
      const y = middle(from) + (index - (own.length - 1) / 2) * ringPitch;
      const to = pointAt(base, target, y);
      if (to === undefined) continue;
      const gate = callGate(from.of.name, target);
      const exit: Point = [from.x + from.width, y];
      const isPost = target === connectionsTarget;
      const points = isPost
        ? [exit, [postLane, y] as const, [postLane, postHeight] as const, [to.at[0], postHeight] as const, to.at]
        : bent(exit, callLane, to.at);
      wires.push({ key: gate, kind: isPost ? 'post' : 'call', gate, points });
      gates.push({ key: gate, at: [callRing, y], asks: `Is ${from.of.label} allowed to ${to.use}?`, isGranted });
    }
  }
  return { wires, gates };
}

function postsLast(a: Link, b: Link): number {
  return Number(a.target === connectionsTarget) - Number(b.target === connectionsTarget);
}

/** Returns where a line to a target ends, and what the function does there. */
function pointAt(base: Boxes, target: string, y: number): { readonly at: Point; readonly use: string } | undefined {
  const { gateway: box } = base;
  if (target === connectionsTarget) return box && { at: [box.x + box.width / 2, box.y], use: 'post to connections' };
  const to = [...base.tables, ...base.services].find(({ key }) => key === `target ${target}`);
  if (to === undefined) return undefined;
  return { at: [to.x, within(y, to)], use: `use ${typeof to.of === 'string' ? to.of : to.of.label}` };
}

/** Returns the line of a message from somebody to a route. */
export function frameWire(layout: Boxes, personKey: string, routeKey: string): readonly Point[] | undefined {
  const person = layout.people.find(({ key }) => key === personKey) ?? layout.crowd;
  const route = [...layout.routes, ...layout.authorizers].find(({ key }) => key === routeKey);
  return person && route && bent(exitOf(person), socketLane, [route.x, middle(route)]);
}
