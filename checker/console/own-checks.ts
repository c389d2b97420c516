import type { Target } from '../aws/target.ts';
import { checkLab } from '../checking/check-lab.ts';
import type { Synthesize } from '../checking/drift.ts';
import type { Lab } from '../checking/lab.ts';
import type { Verdict } from '../checking/result.ts';
import { nextHint } from '../workshop/next-hint.ts';
import { noteVerdictOrSay } from '../workshop/progress.ts';
import { type ChecksDocument, checksDocument, type Looked } from './checks.ts';

export interface OwnChecksOptions {
  readonly root: string;
  readonly lab: Lab;
  readonly target: () => Promise<Target>;
  readonly signal: AbortSignal;
  readonly synthesize: Synthesize;
  /** Somebody else runs the checks, and reports the results. */
  readonly isTold: boolean;
  /** Called when there is something new to read. */
  readonly onChange: () => void;
}

/** A lab's latest check results, and the hints that were taken. */
export class OwnChecks {
  readonly #options: OwnChecksOptions;
  #looked: Looked = { state: 'never looked' };
  #looking: Promise<void> = Promise.resolve();

  constructor(options: OwnChecksOptions) {
    this.#options = options;
  }

  /** Returns the latest results; runs the checks the first time. */
  async read(): Promise<ChecksDocument> {
    if (this.#looked.state === 'never looked') this.#look();
    return checksDocument(this.#options.root, this.#options.lab, this.#looked);
  }

  /** Gives the next hint for the first failure. */
  async hint(): Promise<ChecksDocument> {
    const { root, lab, onChange } = this.#options;
    const { verdict } = this.#looked;
    if (verdict !== undefined && verdict.status !== 'not deployed yet') await nextHint(root, lab, verdict);
    onChange();
    return this.read();
  }

  /** Takes a verdict from somebody else. */
  take(verdict: Verdict): void {
    this.#looked = { state: 'looked', at: new Date(), verdict };
    this.#options.onChange();
  }

  /** Checks again, if anybody ever asked. */
  again(): void {
    if (this.#looked.state !== 'never looked') this.#look();
  }

  /** One check run at a time: one that began before a change may have seen the previous state. */
  #look(): void {
    const { root, lab, target, signal, synthesize, isTold, onChange } = this.#options;
    if (isTold) return;
    this.#looked = { ...this.#looked, state: 'looking' };
    this.#looking = this.#looking
      .then(async () => {
        const verdict = await checkLab({ root, lab, target: await target(), signal, synthesize });
        await noteVerdictOrSay(root, verdict, () => {});
        this.#looked = { state: 'looked', at: new Date(), verdict };
      })
      .catch(() => {
        this.#looked = { ...this.#looked, state: this.#looked.verdict === undefined ? 'never looked' : 'looked' };
      })
      .finally(onChange);
    onChange();
  }
}
