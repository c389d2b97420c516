import type { DeployedRoom } from '../../deployed-room.ts';
import { connectionsTarget } from '../path/gates.ts';
import { type Boxes, boxesOf } from './boxes.ts';
import { middle, type Point } from './geometry.ts';
import type { Link } from './links.ts';
import { type Gate, postHeight, type Wire, wiresOf } from './wires.ts';

/** The positions of everything. */
export interface Layout extends Boxes {
  readonly height: number;
  readonly wires: readonly Wire[];
  readonly gates: readonly Gate[];
  /** The point for a step's key. */
  readonly places: ReadonlyMap<string, Point>;
}

/** Lays out a deployed room. A guest is somebody whose path is shown but who has no socket: rejected, or gone. */
export function layOut(room: DeployedRoom, links: readonly Link[], guest: string | undefined): Layout {
  const boxes = boxesOf(room, links, guest);
  const { wires, gates } = wiresOf(boxes, links);
  const bottoms = [boxes.gateway, boxes.crowd, boxes.nobody].concat(
    boxes.people,
    boxes.pools,
    boxes.functions,
    boxes.tables,
    boxes.services,
  );
  const height = Math.max(220, ...bottoms.map((each) => (each === undefined ? 0 : each.y + each.height))) + 14;
  return { ...boxes, wires, gates, height, places: placesOf(boxes, gates) };
}

function placesOf(base: Boxes, gates: readonly Gate[]): Map<string, Point> {
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
