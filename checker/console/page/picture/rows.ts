import type { DeployedRoom, FunctionDocument, RouteDocument } from '../../deployed-room.ts';

interface Row {
  readonly route?: RouteDocument;
  readonly authorizer?: DeployedRoom['authorizers'][number];
}

/** One row per route, in the order of a connection's life, with its authorizer above and its function beside it. */
export function rowsOf(room: DeployedRoom): {
  rows: Row[];
  functions: Array<{ row: number; of: FunctionDocument }>;
} {
  const rows: Row[] = [];
  const functions: Array<{ row: number; of: FunctionDocument }> = [];
  const place = (name: string | undefined, row: number) => {
    const of = room.functions.find((each) => each.name === name);
    if (of !== undefined && !functions.some((each) => each.of === of)) functions.push({ row, of });
  };
  for (const route of [...(room.api?.routes ?? [])].sort(byLife)) {
    const authorizer = room.authorizers.find(({ id }) => id === route.authorizer);
    if (authorizer !== undefined && !rows.some((row) => row.authorizer === authorizer)) {
      place(authorizer.function, rows.push({ authorizer }) - 1);
    }
    place(route.function, rows.push({ route }) - 1);
  }
  let next = rows.length;
  for (const of of room.functions) {
    if (!functions.some((each) => each.of === of)) functions.push({ row: next++, of });
  }
  return { rows, functions };
}

function byLife(a: RouteDocument, b: RouteDocument): number {
  const order = (key: string) => ['$connect', '', '$default', '$disconnect'].indexOf(key.startsWith('$') ? key : '');
  return order(a.key) - order(b.key) || a.key.localeCompare(b.key);
}
