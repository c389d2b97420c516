import type { Target } from '../aws/target.ts';
import type { Lab, Verdict } from '../checking/check.ts';
import { checkLab } from '../checking/check-lab.ts';
import type { Synthesize } from '../checking/drift.ts';
import { nextHint } from '../workshop/next-hint.ts';
import { noteVerdictOrSay } from '../workshop/progress.ts';
import { type ChecksDocument, checksDocument, type Looked } from './checks.ts';

export interface OwnChecksOptions {
  readonly root: string;
  readonly lab: Lab;
  readonly target: () => Promise<Target>;
  readonly signal: AbortSignal;
  readonly synthesize: Synthesize;
  /** Somebody else looks, and tells what was seen. */
  readonly isTold: boolean;
  /** Hears that there is something new to read. */
  readonly onChange: () => void;
}

/** The checks of a lab as they were last looked at, and the hints that were taken. */
export class OwnChecks {
  readonly #options: OwnChecksOptions;
  #looked: Looked = { state: 'never looked' };
  #looking: Promise<void> = Promise.resolve();

  constructor(options: OwnChecksOptions) {
    this.#options = options;
  }

  /** Returns them as they were last looked at; the first time, looks at them. */
  async read(): Promise<ChecksDocument> {
    if (this.#looked.state === 'never looked') this.#look();
    return checksDocument(this.#options.root, this.#options.lab, this.#looked);
  }

  /** Gives the next hint for what fails first. */
  async hint(): Promise<ChecksDocument> {
    const { root, lab, onChange } = this.#options;
    const { verdict } = this.#looked;
    if (verdict !== undefined && verdict.status !== 'not deployed yet') await nextHint(root, lab, verdict);
    onChange();
    return this.read();
  }

  /** Takes in a verdict that somebody else came to. */
  take(verdict: Verdict): void {
    this.#looked = { state: 'looked', at: new Date(), verdict };
    this.#options.onChange();
  }

  /** Looks again, if anybody ever asked. */
  again(): void {
    if (this.#looked.state !== 'never looked') this.#look();
  }

  /** One look after the other: what began before a change may have seen what was there before it. */
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
