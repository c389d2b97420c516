import { join } from 'node:path';
import type { Program } from '../cli/program.ts';
import { homeOf } from '../workshop/own-labs/home.ts';
import { whyPolling } from './file-events.ts';
import type { Rounds } from './rounds.ts';
import { type Saves, watchSaves } from './saves.ts';
import type { Session } from './session.ts';

/** Requests a round after each save in the current lab's folder: through events or, if there are none, by polling. */
export class WatchedFolder {
  readonly #program: Program;
  readonly #session: Session;
  readonly #rounds: Rounds;
  #saves: Saves | undefined;
  /** Undefined until it is known. */
  #polling: boolean | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(program: Program, session: Session, rounds: Rounds) {
    this.#program = program;
    this.#session = session;
    this.#rounds = rounds;
  }

  /** Starts watching the session's folder, and stops watching the previous one. Saves in between aren't missed. */
  begin(): Promise<void> {
    return this.#next(async () => {
      this.#polling ??= await this.#isPolling();
      this.#saves = await watchSaves(this.#session.folder, {
        polling: this.#polling,
        onSave: () => this.#rounds.request(),
        onError: (error) => this.#failed(error),
      });
      if (this.#rounds.isBehind()) this.#rounds.request();
    });
  }

  end(): Promise<void> {
    return this.#next(async () => {});
  }

  /** One operation at a time, each after the previous watcher has been closed. */
  #next(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(async () => {
      await this.#saves?.close();
      this.#saves = undefined;
      await work();
    });
    return this.#turn.catch((error: unknown) => {
      this.#turn = Promise.resolve();
      this.#session.tell(error);
    });
  }

  async #isPolling(): Promise<boolean> {
    const { lab, folder } = this.#session;
    const why = await whyPolling(folder, join(homeOf(this.#program.root, lab.id), '.lab'));
    if (why !== undefined) this.#say(`the folder is ${why}`);
    return why !== undefined;
  }

  #say(why: string): void {
    this.#program.print(`Saves are detected by polling, a moment later: ${why}.`);
  }

  #failed(error: unknown): void {
    const { code = '' } = error as NodeJS.ErrnoException;
    // Linux limits watches and open files.
    if (this.#polling === true || !['ENOSPC', 'EMFILE', 'ENFILE'].includes(code)) {
      this.#session.tell(error);
    } else {
      this.#polling = true;
      this.#say(`the system can't watch more files (${code})`);
      void this.begin();
    }
  }
}
