/** A write failed: the disk is full, or gone. LevelDB's own message is in the cause. */
export class UnwritableStateError extends Error {
  override readonly name = 'UnwritableStateError';

  constructor(cause: Error) {
    const reason = cause.cause instanceof Error ? cause.cause.message : cause.message;
    const remedy = 'Free some space on its disk, then stop it and start it again: everything it acknowledged is kept.';
    super(`The practice account can no longer write its state: ${reason}. ${remedy}`, { cause });
    // Not a bug: it is reported as a sentence.
    delete this.stack;
  }
}
