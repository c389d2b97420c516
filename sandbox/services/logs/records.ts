import { collection } from '../../state/collection.ts';

/** A log group, by its name, in the scope of an account and region. */
export interface LogGroupRecord {
  readonly name: string;
  /** The folder of its events: a new group with the same name gets another one. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly creationTime: number;
  readonly retentionInDays?: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** A log stream, by its group's folder and its own name. Its events are in a file, not in the store. */
export interface LogStreamRecord {
  readonly name: string;
  /** The file of its events, in its group's folder. */
  readonly file: string;
  /** Milliseconds since 1970. */
  readonly creationTime: number;
}

/** Every log group. */
export const logGroups = collection<LogGroupRecord>('logs/group');

const streamsByFolder = collection<LogStreamRecord>('logs/stream');

/** The streams of one group. A folder's name is unique, so it serves as a scope. */
export const logStreams = {
  list: (store: Parameters<typeof streamsByFolder.list>[0], group: LogGroupRecord) =>
    streamsByFolder.list(store, group.folder),
  get: (store: Parameters<typeof streamsByFolder.get>[0], group: LogGroupRecord, name: string) =>
    streamsByFolder.get(store, group.folder, name),
  put: (group: LogGroupRecord, stream: LogStreamRecord) => streamsByFolder.put(group.folder, stream.name, stream),
  remove: (group: LogGroupRecord, name: string) => streamsByFolder.remove(group.folder, name),
};

/** `arn:aws:logs:region:account:log-group:name` */
export function groupArn(place: { readonly accountId: string; readonly region: string }, name: string): string {
  return `arn:aws:logs:${place.region}:${place.accountId}:log-group:${name}`;
}

/** `arn:aws:logs:region:account:log-group:name:log-stream:stream`; for a whole group, the stream's name is empty. */
export function streamArn(
  place: { readonly accountId: string; readonly region: string },
  group: string,
  stream: string,
): string {
  return `${groupArn(place, group)}:log-stream:${stream}`;
}
