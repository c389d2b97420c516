/** Calls back once, at the earliest time requested since the last call. */
export class Alarm {
  readonly #ring: () => void;
  #next: { readonly at: number; readonly timer: NodeJS.Timeout } | undefined;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  in(milliseconds: number): void {
    const at = performance.now() + milliseconds;
    if (this.#next !== undefined && this.#next.at <= at) return;
    this.stop();
    const timer = setTimeout(() => {
      this.#next = undefined;
      this.#ring();
    }, milliseconds);
    this.#next = { at, timer };
  }

  stop(): void {
    clearTimeout(this.#next?.timer);
    this.#next = undefined;
  }
}
