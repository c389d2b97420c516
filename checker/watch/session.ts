import { join } from 'node:path';
import type { Lab, Verdict } from '../check.ts';
import { deployShown } from '../deploy/shown.ts';
import { deployTools } from '../deploy/tools.ts';
import { InterruptedError, LabError } from '../errors.ts';
import { labFolder } from '../lab-files.ts';
import { observeStack } from '../observe/stack.ts';
import { stackNameOf } from '../observe/subject.ts';
import { type Page, servePage } from '../page/serve.ts';
import { servedRoom } from '../page/served-room.ts';
import type { Program } from '../program.ts';
import { noteFixedOrSay } from '../progress.ts';
import { decidedFrom } from '../report/next-step.ts';
import { renderVerdict } from '../report/terminal.ts';
import type { Target } from '../target/target.ts';
import { checkLab } from '../verdict.ts';

const saveIt = 'save your repair; it is deployed and checked by itself.';

/** What to do while saves are watched, and what could not be decided yet is looked at again by itself. */
function whileWatching(verdict: Verdict): string {
  const until = verdict.status === 'pending' ? decidedFrom(verdict) : undefined;
  if (until === undefined) return saveIt;
  return `leave this running: what is left is looked at by itself at ${until.toLocaleTimeString()}.`;
}

/** Works on one lab after the other in one account: deploys, serves the page, checks, and shows all of it. */
export class Session {
  lab: Lab;
  readonly #program: Program;
  readonly #target: Target;
  readonly #tools: ReturnType<typeof deployTools>;
  #page: Page | undefined;
  #deploying = false;

  constructor(program: Program, target: Target, lab: Lab) {
    this.#program = program;
    this.#target = target;
    this.lab = lab;
    this.#tools = deployTools(program.root);
    this.#tools.cdk.warm();
  }

  /** The address of the chat page, once there is a room. */
  get page(): string | undefined {
    return this.#page?.url;
  }

  /** Whether a deployment is under way, which is let come to its end. */
  get deploying(): boolean {
    return this.#deploying;
  }

  /** The folder that is worked on. */
  get folder(): string {
    return labFolder(this.#program.root, this.lab.id);
  }

  /**
   * Deploys and checks, and shows the verdict; when more rounds follow, it serves the page as well. Rejects with a
   * LabError where it does not come to a verdict.
   */
  async round(superseded: AbortSignal, more: boolean): Promise<Verdict> {
    const { root, signal, print, say } = this.#program;
    // Another one may be chosen meanwhile.
    const { lab } = this;
    const began = performance.now();
    this.#deploying = true;
    const { warning } = await deployShown(this.#program, {
      lab: lab.id,
      target: this.#target,
      tools: this.#tools,
      superseded,
    }).finally(() => {
      this.#deploying = false;
    });
    const verdict = await checkLab({
      root,
      lab,
      target: this.#target,
      signal: AbortSignal.any([signal, superseded]),
    });
    if (verdict.room !== undefined && more) await this.#show(verdict.room, lab);
    print('');
    const columns = process.stdout.columns || 100;
    for (const line of renderVerdict(verdict, {
      columns,
      ...(more && verdict.status !== 'fixed' ? { next: whileWatching(verdict) } : {}),
    }))
      print(line);
    print('');
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    if (verdict.room !== undefined) print(`The room:      ${verdict.room}`);
    if (this.#page !== undefined) print(`The chat page: ${this.#page.url}`);
    print(`(${seconds} s from the files to the verdict)`);
    // The verdict does not wait for the compiler.
    const warned = warning.then((lines) => lines.forEach((line) => void (superseded.aborted || say(line))));
    if (!more) await warned;
    if (verdict.status === 'fixed') await noteFixedOrSay(root, lab.id, say);
    return verdict;
  }

  /** Says what kept a round from its verdict. What is no known trouble is a fault of the workshop, and ends it. */
  tell(error: unknown, superseded: AbortSignal): void {
    if (this.#program.signal.aborted) throw error;
    if (superseded.aborted && (error instanceof InterruptedError || !(error instanceof LabError))) return;
    if (!(error instanceof LabError)) throw error;
    this.#program.print(error.message);
    this.#program.print(error.next);
  }

  /** Readies the programs for the next save. */
  warm(): void {
    this.#tools.warm();
  }

  async close(): Promise<void> {
    this.#tools.close();
    await this.#page?.close();
  }

  async #show(room: string, { id }: Lab): Promise<void> {
    const stackName = stackNameOf(id);
    const { resources, outputs } = await observeStack(this.#target, stackName);
    const served = servedRoom(this.#target, { lab: id, room, stackName, resources, outputs });
    if (this.#page === undefined) {
      this.#page = await servePage({ root: join(this.#program.root, 'app', 'web'), ...served });
      await this.#target.allowPage(this.#page.origin);
    } else {
      this.#page.update(served);
    }
  }
}
