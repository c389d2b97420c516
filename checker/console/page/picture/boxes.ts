import type { DeployedRoom, FunctionDocument, RouteDocument, SocketDocument } from '../../deployed-room.ts';
import { connectionsTarget } from '../path/gates.ts';
import { isUnavailable } from '../state/documents.ts';
import type { Box, Placed } from './geometry.ts';
import type { Link } from './links.ts';
import { rowsOf } from './rows.ts';

/** The positions of everything that is a box. */
export interface Boxes {
  readonly width: number;
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
}

// From left to right. The lanes and rings of the lines are between these columns: wires.ts.
const width = 1000;
const people = { x: 8, width: 150 };
const gateway = { x: 232, width: 214 };
const inside = { x: 246, width: 186 };
const functionsColumn = { x: 528, width: 186 };
const right = { x: 816, width: 176 };
const top = 120;
const pitch = 60;
const rowHeight = 48;

/** How many people and rows are drawn. */
const mostPeople = 5;
export const mostRows = 4;

/** Returns the boxes of a deployed room. For `guest`, see `layOut`. */
export function boxesOf(room: DeployedRoom, links: readonly Link[], guest: string | undefined): Boxes {
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
  return {
    width,
    ...peopleColumn(room, box, guest),
    gateway: box,
    routes,
    authorizers,
    functions: placedFunctions,
    ...rightColumn(room, links),
  };
}

function peopleColumn(
  { sockets, userPools, api }: DeployedRoom,
  box: Box | undefined,
  guest: string | undefined,
): Pick<Boxes, 'people' | 'crowd' | 'nobody' | 'pools'> {
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

function rightColumn({ tables }: DeployedRoom, links: readonly Link[]): Pick<Boxes, 'tables' | 'services'> {
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
