import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { regional, type World } from '../../calls/context.ts';
import { pathIn } from '../../state/file-name.ts';
import type { Write } from '../../state/store.ts';
import { EventFile } from './event-file.ts';
import { type LogGroupRecord, type LogStreamRecord, logGroups, logStreams } from './records.ts';
import type { LogEvent, Logs } from './writer.ts';

/** The size limit of one stream, in bytes: beyond it, the older half is dropped. */
const largestStream = 8 * 1024 * 1024;
/** How long events can wait to be written together, in milliseconds. Readers write them first. */
const pause = 10;

type LogsWorld = Pick<World, 'store' | 'clock' | 'ids' | 'say'>;

/** All log events of the account: groups and streams are in the store, events in files under `<account>/logs`. */
export class LogFiles implements Logs {
  readonly #root: string;
  readonly #world: LogsWorld;
  readonly #files = new Map<string, EventFile>();
  readonly #unwritten = new Set<EventFile>();
  #timer: NodeJS.Timeout | undefined;
  /** Whether the last attempt failed: it is reported once, not for every line. */
  #isFailing = false;

  constructor(root: string, world: LogsWorld) {
    this.#root = root;
    this.#world = world;
  }

  /** Never throws: a function or a stage continues without its log. */
  write(
    place: { readonly accountId: string; readonly region: string },
    groupName: string,
    streamName: string,
    events: readonly LogEvent[],
  ): void {
    this.#attempt(() => {
      const { group, stream } = this.#ensure(regional(place), groupName, streamName);
      const file = this.events(group, stream);
      file.append(events, this.#world.clock.now().getTime());
      this.#unwritten.add(file);
      this.#timer ??= setTimeout(() => this.#flush(), pause);
    });
  }

  /** The events of one stream. */
  events(group: LogGroupRecord, stream: LogStreamRecord): EventFile {
    const path = pathIn(this.#root, group.folder, stream.file);
    let file = this.#files.get(path);
    if (file === undefined) {
      mkdirSync(pathIn(this.#root, group.folder), { recursive: true });
      file = new EventFile(path, largestStream);
      if (file.damaged > 0) {
        this.#world.say(
          `${file.damaged} damaged ${file.damaged === 1 ? 'line' : 'lines'} of the log stream ${stream.name} of ${group.name} can't be read and ${file.damaged === 1 ? 'is' : 'are'} left out: a full disk or a crash cut off the end.`,
        );
      }
      this.#files.set(path, file);
    }
    return file;
  }

  /** Drops a group's or a stream's events, and removes their files. The caller removes the records. */
  async remove(group: LogGroupRecord, stream?: LogStreamRecord): Promise<void> {
    const path = pathIn(this.#root, group.folder, ...(stream === undefined ? [] : [stream.file]));
    for (const [known, file] of this.#files) {
      if (!known.startsWith(path)) continue;
      this.#files.delete(known);
      this.#unwritten.delete(file);
    }
    await rm(path, { recursive: true, force: true });
  }

  /** Writes the pending events. */
  close(): void {
    this.#flush();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const file of this.#unwritten) {
      // Events that can't be written wait for the next write.
      if (!this.#attempt(() => file.flush())) continue;
      this.#unwritten.delete(file);
      this.#isFailing = false;
    }
  }

  /** Whether a file operation succeeded; reports the first failure. */
  #attempt(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!this.#isFailing) this.#world.say(`Log events couldn't be written: ${error}`);
      this.#isFailing = true;
      return false;
    }
  }

  #ensure(scope: string, groupName: string, streamName: string): { group: LogGroupRecord; stream: LogStreamRecord } {
    const { store, ids, clock } = this.#world;
    const creationTime = clock.now().getTime();
    const writes: Write[] = [];
    let group = logGroups.get(store, scope, groupName);
    if (group === undefined) {
      group = { name: groupName, folder: ids.short(16), creationTime, tags: {} };
      writes.push(logGroups.put(scope, groupName, group));
    }
    let stream = logStreams.get(store, group, streamName);
    if (stream === undefined) {
      stream = { name: streamName, file: `${ids.short(16)}.jsonl`, creationTime };
      writes.push(logStreams.put(group, stream));
    }
    if (writes.length > 0) {
      store.jot(writes).catch((error) => this.#world.say(`The log stream ${streamName} couldn't be saved: ${error}`));
    }
    return { group, stream };
  }
}
