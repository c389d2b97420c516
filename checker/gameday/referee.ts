import type { Verdict } from '../checking/result.ts';
import type { Refereed } from '../watch/session.ts';
import { type GameDocument, gameDocument } from './document.ts';
import { type Game, gameOf, lastKnown, nextHappening } from './game.ts';
import { changedFiles } from './game-files.ts';
import { inOneLine, newsSince } from './news.ts';
import { addToRecord, readRecord } from './record.ts';

export interface RefereeOptions {
  readonly root: string;
  readonly print: (line: string) => void;
  /** Called once when the game is over. */
  readonly onEnd: () => void;
}

/** How often to check for new complaints, in milliseconds. */
const period = 1000;

/** Runs a game: records what happens, and prints news. The record is its only state. */
export class Referee implements Refereed {
  readonly #options: RefereeOptions;
  #shown: Game;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();

  /** `shown` is the state of the game that the player has seen. */
  constructor(options: RefereeOptions, shown: Game) {
    this.#options = options;
    this.#shown = shown;
  }

  /** Checks every second whether somebody complains or time is up, until closed. */
  begin(): void {
    this.#timer = setInterval(() => void this.look(), period);
    void this.look();
  }

  /** Resolves when all writes are done. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#turn;
  }

  async deployed(): Promise<void> {
    const { root } = this.#options;
    const record = await readRecord(root);
    const changed = await changedFiles(root, record);
    const last = record.findLast((event) => event.kind === 'deployed');
    // A restart deploys the same files again.
    if (last?.kind === 'deployed' && JSON.stringify(last.changed) === JSON.stringify(changed)) return;
    await addToRecord(root, { kind: 'deployed', changed });
  }

  async doubts({ checks }: Verdict): Promise<boolean> {
    const known = lastKnown(await readRecord(this.#options.root));
    return checks.some(({ id, status }) => status === 'failed' && known.get(id) === 'passed');
  }

  async looked({ checks, status }: Verdict): Promise<void> {
    if (status === 'not deployed') return;
    const found = Object.fromEntries(checks.map((result) => [result.id, result.status] as const));
    await addToRecord(this.#options.root, { kind: 'looked', checks: found });
    await this.look();
  }

  async document(): Promise<GameDocument | undefined> {
    const game = gameOf(await readRecord(this.#options.root));
    return game && gameDocument(game);
  }

  /** Records due events and prints news. Runs are sequential. */
  look(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#look()).catch((error: unknown) => this.#options.print(String(error)));
    return this.#turn;
  }

  async #look(): Promise<void> {
    const { root, print, onEnd } = this.#options;
    if (this.#shown.ended !== undefined) return;
    for (;;) {
      const game = gameOf(await readRecord(root));
      if (game === undefined) return;
      for (const news of newsSince(this.#shown, game)) print(inOneLine(news));
      this.#shown = game;
      const next = nextHappening(game, Date.now());
      if (next === undefined) break;
      await addToRecord(root, next.happening, new Date(next.at));
    }
    if (this.#shown.ended !== undefined) onEnd();
  }
}
