import type { DeployedRoom, FunctionDocument, RouteDocument, SocketDocument } from '../../deployed-room.ts';
import { authorizerGate, callGate, connectionsTarget, invokeGate } from '../path/gates.ts';
import { isUnavailable } from '../state/documents.ts';
import { type Box, bent, exitOf, middle, type Placed, type Point, within } from './geometry.ts';
import type { Link } from './links.ts';
import { rowsOf } from './rows.ts';

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

/** The positions of everything. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly people: ReadonlyArray<Placed<Pick<SocketDocument, 'connectionId'> & { readonly isGuest?: true }>>;
  /** How many people are not drawn. */
  readonly crowd?: Placed<number>;
  /** The text to show if nobody can be drawn. */
  readonly nobody?: Placed<string>;
  readonly gateway?: Box;
  readonly routes: ReadonlyArray<Placed<RouteDocument>>;
  readonly authorizers: ReadonlyArray<Placed<DeployedRoom['authorizers'][number]>>;
  readonly functions: ReadonlyArray<Placed<FunctionDocument>>;
  readonly tables: ReadonlyArray<Placed<DeployedRoom['tables'][number]>>;
  readonly services: ReadonlyArray<Placed<string>>;
  readonly pools: ReadonlyArray<Placed<DeployedRoom['userPools'][number]>>;
  readonly wires: readonly Wire[];
  readonly gates: readonly Gate[];
  /** The point for a step's key. */
  readonly places: ReadonlyMap<string, Point>;
}

const width = 1000;
const people = { x: 8, width: 150 };
const socketLane = 196;
const poolLane = 214;
const gateway = { x: 232, width: 214 };
const inside = { x: 246, width: 186 };
const invokeRing = 484;
const invokeLane = 508;
const functionsColumn = { x: 528, width: 186 };
const callRing = 738;
const postLane = 766;
const callLane = 786;
const right = { x: 816, width: 176 };
const top = 120;
const pitch = 60;
const rowHeight = 48;
const postHeight = 34;
/** The distance from one ring of a function to the next. */
const ringPitch = 24;

/** How many people and rows are drawn. */
const mostPeople = 5;
export const mostRows = 4;

/** Lays out a deployed room. A guest is somebody whose path is shown but who has no socket: rejected, or gone. */
export function layOut(room: DeployedRoom, links: readonly Link[], guest: string | undefined): Layout {
  const { rows, functions } = rowsOf(room);
  const at = (row: number) => top + row * pitch;
  const routes = rows.flatMap(({ route }, row) =>
    route === undefined ? [] : [{ key: `route ${route.key}`, of: route, ...inside, y: at(row), height: rowHeight }],
  );
  const authorizers = rows.flatMap(({ authorizer }, row) =>
    authorizer === undefined
      ? []
      : [{ key: `authorizer ${authorizer.function}`, of: authorizer, ...inside, y: at(row), height: rowHeight }],
  );
  const placedFunctions = functions.map(({ row, of }) => ({
    key: `function ${of.name}`,
    of,
    ...functionsColumn,
    y: at(row),
    height: rowHeight,
  }));
  const lastRow = Math.max(0, ...rows.map((_, row) => row));
  const box = room.api && { ...gateway, y: 62, height: at(lastRow) + rowHeight + 16 - 62 };
  const placedRight = rightColumn(room, links);
  const placedPeople = peopleColumn(room, box, guest);
  const base = {
    width,
    ...placedPeople,
    gateway: box,
    routes,
    authorizers,
    functions: placedFunctions,
    ...placedRight,
  };
  const { wires, gates } = wiresOf(base, links);
  const bottoms = [box, ...placedPeople.people, placedPeople.crowd, placedPeople.nobody, ...placedPeople.pools].concat(
    placedFunctions,
    placedRight.tables,
    placedRight.services,
  );
  const height = Math.max(220, ...bottoms.map((each) => (each === undefined ? 0 : each.y + each.height))) + 14;
  return { ...base, wires, gates, height, places: placesOf(base, gates) };
}

function peopleColumn(
  { sockets, userPools, api }: DeployedRoom,
  box: Box | undefined,
  guest: string | undefined,
): Pick<Layout, 'people' | 'crowd' | 'nobody' | 'pools'> {
  const open = isUnavailable(sockets) ? [] : sockets;
  const first = (box?.y ?? top) + 58;
  const drawn = open.slice(0, open.length > mostPeople ? mostPeople - 1 : mostPeople);
  const isNew = guest !== undefined && !open.some(({ connectionId }) => connectionId === guest);
  const shown = [...drawn, ...(isNew ? [{ connectionId: guest, isGuest: true as const }] : [])];
  const placed = shown.map((of, index) => ({
    key: `person ${of.connectionId}`,
    of,
    ...people,
    y: first + index * pitch,
    height: rowHeight,
  }));
  const next = first + placed.length * pitch;
  const rest = open.length - drawn.length;
  const crowd = rest > 0 ? { crowd: { key: 'crowd', of: rest, ...people, y: next, height: rowHeight } } : {};
  const words = isUnavailable(sockets) ? 'not available on AWS' : 'open the chat page';
  const isEmpty = shown.length === 0 && api !== undefined;
  const nobody = isEmpty ? { nobody: { key: 'nobody', of: words, ...people, y: next, height: rowHeight } } : {};
  const end = next + (rest > 0 || isEmpty ? pitch : 0);
  const pools = userPools.map((of, index) => ({
    key: `pool ${of.id}`,
    of,
    ...people,
    y: end + 14 + index * pitch,
    height: rowHeight,
  }));
  return { people: placed, ...crowd, ...nobody, pools };
}

function rightColumn({ tables }: DeployedRoom, links: readonly Link[]): Pick<Layout, 'tables' | 'services'> {
  let y = top;
  const placed = tables.map((of) => {
    const rows = Math.max(1, Math.min(mostRows, of.rows.length) + (of.rows.length > mostRows ? 1 : 0));
    const table = { key: `target ${of.name}`, of, ...right, y, height: 54 + rows * 28 };
    y += table.height + 14;
    return table;
  });
  const known = new Set([connectionsTarget, ...tables.map(({ name }) => name)]);
  const services = [...new Set(links.map(({ target }) => target))]
    .filter((target) => !known.has(target))
    .map((of) => {
      const service = { key: `target ${of}`, of, ...right, y, height: rowHeight };
      y += pitch;
      return service;
    });
  return { tables: placed, services };
}

type Base = Omit<Layout, 'height' | 'wires' | 'gates' | 'places'>;

function wiresOf(base: Base, links: readonly Link[]): Pick<Layout, 'wires' | 'gates'> {
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
function pointAt(base: Base, target: string, y: number): { readonly at: Point; readonly use: string } | undefined {
  const { gateway: box } = base;
  if (target === connectionsTarget) return box && { at: [box.x + box.width / 2, box.y], use: 'post to connections' };
  const to = [...base.tables, ...base.services].find(({ key }) => key === `target ${target}`);
  if (to === undefined) return undefined;
  return { at: [to.x, within(y, to)], use: `use ${typeof to.of === 'string' ? to.of : to.of.label}` };
}

function placesOf(base: Base, gates: readonly Gate[]): Map<string, Point> {
  const { people: persons, routes, authorizers, functions, tables, services, gateway: box } = base;
  const boxes = [...persons, ...routes, ...authorizers, ...functions, ...tables, ...services];
  const places = new Map<string, Point>(boxes.map((each) => [each.key, [each.x + each.width / 2, middle(each)]]));
  for (const person of persons) places.set(person.key, [person.x + person.width, middle(person)]);
  for (const each of [...functions, ...routes, ...authorizers]) places.set(each.key, [each.x, middle(each)]);
  for (const table of [...tables, ...services]) places.set(table.key, [table.x, table.y + 24]);
  for (const { key, at } of gates) places.set(`gate ${key}`, at);
  if (box !== undefined) {
    places.set('gateway', [box.x + box.width / 2, box.y + 14]);
    places.set(`target ${connectionsTarget}`, [box.x + box.width / 2, postHeight]);
  }
  return places;
}

/** Returns the line of a message from somebody to a route. */
export function frameWire(layout: Layout, personKey: string, routeKey: string): readonly Point[] | undefined {
  const person = layout.people.find(({ key }) => key === personKey) ?? layout.crowd;
  const route = [...layout.routes, ...layout.authorizers].find(({ key }) => key === routeKey);
  return person && route && bent(exitOf(person), socketLane, [route.x, middle(route)]);
}
