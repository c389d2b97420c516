/** What an account is doing for functions and clients, so that a checker can wait until nothing more comes of it. */
export class Activity {
  #running = 0;
  #ended = performance.now();

  /** Something has begun; call the result once when it has ended. */
  begin(): () => void {
    this.#running += 1;
    return () => {
      this.#running -= 1;
      this.#ended = performance.now();
    };
  }

  /** How long nothing has been going on, in milliseconds. */
  get quietFor(): number {
    return this.#running > 0 ? 0 : performance.now() - this.#ended;
  }
}
