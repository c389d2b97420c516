import type { Target } from '../aws/target.ts';
import type { Subject } from '../checking/check.ts';
import { checkLab } from '../checking/check-lab.ts';
import type { Lab } from '../checking/lab.ts';
import type { Verdict } from '../checking/result.ts';
import type { Program } from '../cli/program.ts';
import { Console } from '../console/console.ts';
import { deployShown } from '../deploy/shown.ts';
import { deployTools } from '../deploy/tools.ts';
import { InterruptedError, LabError } from '../failures/errors.ts';
import { explainError } from '../failures/explain-error.ts';
import type { GameDocument } from '../gameday/document.ts';
import { atKeptPort } from '../page/kept-port.ts';
import { pageScene } from '../page/page-scene.ts';
import { type Page, pageFolders, servePage } from '../page/serve.ts';
import { servedRoom } from '../page/served-room.ts';
import { renderVerdict } from '../report/terminal.ts';
import { showWaiting } from '../report/waiting.ts';
import { labFolder } from '../workshop/lab-files.ts';
import { labs } from '../workshop/labs.ts';
import { noteVerdictOrSay, type Progress, readProgress } from '../workshop/progress.ts';
import type { Screen } from './screen.ts';
import { showVerdict, whileWatching } from './show-verdict.ts';

/** Gets a session's findings instead of showing them: a game day shows no verdict. */
export interface Refereed {
  /** Something was deployed. */
  deployed(): Promise<void>;
  /** Whether a verdict needs a second look before it counts. */
  doubts(verdict: Verdict): Promise<boolean>;
  looked(verdict: Verdict): Promise<void>;
  /** Returns the pages' view of the game. */
  document(): Promise<GameDocument | undefined>;
}

/** Works on one lab after the other in one account: deploys, serves the page, checks, and shows all of it. */
export class Session {
  lab: Lab;
  readonly #screen: Screen;
  readonly #program: Program;
  readonly #tools: ReturnType<typeof deployTools>;
  #target: Target;
  #page: Page | undefined;
  #deploying = false;
  /** How many rounds were started. */
  #rounds = 0;
  #verdict: Verdict | undefined;
  #console: Console | undefined;
  readonly #referee: Refereed | undefined;

  constructor(screen: Screen, target: Target, lab: Lab, referee?: Refereed) {
    const { program } = screen;
    this.#screen = screen;
    this.#referee = referee;
    this.#program = program;
    this.#target = target;
    this.lab = lab;
    this.#tools = deployTools(program.root);
    this.#tools.cdk.warm();
  }

  /** The account in use. */
  get target(): Target {
    return this.#target;
  }

  /** The latest verdict; undefined before the first. */
  get verdict(): Verdict | undefined {
    return this.#verdict?.lab === this.lab.id ? this.#verdict : undefined;
  }

  /** The address of the chat page, once there is a room. */
  get page(): string | undefined {
    return this.#page?.url;
  }

  /** The address of the console, once there is a room. */
  get consolePage(): string | undefined {
    return this.#page?.consoleUrl;
  }

  /** Whether a deployment is in progress, which is allowed to finish. */
  get deploying(): boolean {
    return this.#deploying;
  }

  /** The current lab's folder. */
  get folder(): string {
    return labFolder(this.#program.root, this.lab.id);
  }

  /**
   * Deploys and checks, and shows the verdict; also serves the page if more rounds follow. Rejects if it doesn't reach
   * a verdict.
   */
  async round(superseded: AbortSignal, more: boolean): Promise<Verdict> {
    const { root, signal, print, say, link, takesKeys, isTerminal } = this.#program;
    this.#rounds += 1;
    const round = this.#rounds;
    // Another lab may be chosen meanwhile.
    const { lab } = this;
    const began = performance.now();
    const { warning } = await deployShown(this.#program, {
      lab: lab.id,
      target: this.#target,
      tools: this.#tools,
      isWatched: more,
      superseded,
      onDeploying: () => {
        this.#deploying = true;
      },
    }).finally(() => {
      this.#deploying = false;
    });
    await this.#referee?.deployed();
    const waiting = showWaiting(this.#program);
    let subject: Subject | undefined;
    const look = () =>
      checkLab({
        root,
        lab,
        target: this.#target,
        signal: AbortSignal.any([signal, superseded]),
        onProgress: waiting.onProgress,
        onSubject: (read) => {
          subject = read;
        },
      }).finally(waiting.end);
    let verdict = await look();
    if (this.#referee !== undefined) {
      if (await this.#referee.doubts(verdict)) verdict = await look();
      if (subject !== undefined && verdict.room !== undefined) await this.#show(verdict.room, subject);
      await this.#referee.looked(verdict);
      if (round === 1 && this.#page !== undefined) {
        print(`The chat page: ${this.#page.url}`);
        print(`The console:   ${this.#page.consoleUrl}`);
      }
      return verdict;
    }
    this.#verdict = verdict;
    if (more) this.#consoleOf(lab).take(verdict);
    if (subject !== undefined && verdict.room !== undefined && more) await this.#show(verdict.room, subject);
    await noteVerdictOrSay(root, verdict, say);
    const columns = process.stdout.columns || 100;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    if (more && isTerminal) {
      showVerdict(this.#screen, verdict, { seconds, page: this.#page?.url, fixed: await fixedLabs(root) });
    } else {
      print('');
      const next = more ? { next: whileWatching(verdict, takesKeys) } : {};
      for (const line of renderVerdict(verdict, { columns, link, ...next })) print(line);
      print('');
      if (verdict.room !== undefined) print(`The room:      ${verdict.room}`);
      if (this.#page !== undefined) print(`The chat page: ${this.#page.url}`);
      if (this.#page !== undefined) print(`The console:   ${this.#page.consoleUrl}`);
      print(`(${seconds} s from the files to the verdict)`);
    }
    // The verdict doesn't wait for the compiler. Its output about an older file would appear in a newer round.
    const isStale = () => superseded.aborted || round !== this.#rounds;
    const warned = warning.then((lines) => lines.forEach((line) => void (isStale() || say(line))));
    if (!more) await warned;
    return verdict;
  }

  /** Prints the error that kept a round from its verdict, or any other. Watching continues. */
  tell(error: unknown): void {
    const { print, root } = this.#program;
    const { lines, isFault } = explainError(error, { root, target: this.#target });
    if (isFault) print('The workshop itself failed, but continues. Please open an issue with these lines:');
    for (const line of lines) print(line);
  }

  /** Uses another account from now on: the previous one was lost. */
  async use(target: Target): Promise<void> {
    await this.#target.close();
    this.#target = target;
    if (this.#page !== undefined) await target.allowPage(this.#page.origin);
  }

  /** Prepares the programs for the next save. */
  warm(): void {
    this.#tools.warm();
  }

  /** Stops everything that it started, and leaves the account. */
  async close(): Promise<void> {
    this.#tools.close();
    this.#console?.close();
    await this.#page?.close();
    await this.#target.close();
  }

  /** Returns a lab's console, after closing another lab's. */
  #consoleOf(lab: Lab): Console {
    if (this.#console?.lab !== lab) {
      const referee = this.#referee;
      this.#console?.close();
      this.#console = new Console({
        root: this.#program.root,
        lab,
        target: async () => this.#target,
        isTold: true,
        game: referee && (() => referee.document()),
      });
    }
    return this.#console;
  }

  /** Serves the page for the room. A failure doesn't prevent the verdict. */
  async #show(room: string, subject: Subject): Promise<void> {
    try {
      const { root } = this.#program;
      const scene = await pageScene(root, subject.lab, this.#target);
      const referee = this.#referee;
      const game = referee && { game: () => referee.document() };
      const served = {
        ...servedRoom(this.#target, { ...subject, room }),
        scene,
        console: this.#consoleOf(this.lab),
        ...game,
      };
      if (this.#page !== undefined && (await answers(this.#page.url))) return this.#page.update(served);
      await this.#page?.close().catch(() => {});
      this.#page = undefined;
      this.#page = await atKeptPort(root, 'start', (port) => servePage({ ...pageFolders(root), port, ...served }));
      await this.#target.allowPage(this.#page.origin);
    } catch (error) {
      this.#program.print(`The chat page couldn't be served: ${error instanceof Error ? error.message : error}`);
    }
  }
}

/** Whether a round ended because of a newer save or Ctrl-C, and not for a reason worth printing. */
export function isOvertaken(error: unknown, superseded: AbortSignal): boolean {
  return superseded.aborted && (error instanceof InterruptedError || !(error instanceof LabError));
}

async function fixedLabs(root: string): Promise<{ count: number; of: number }> {
  const progress = await readProgress(root).catch(() => ({ labs: {} }));
  const isFixed = ({ id }: Lab) => (progress.labs as Progress['labs'])[id]?.fixedAt !== undefined;
  return { count: labs.filter(isFixed).length, of: labs.length };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(2000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}
