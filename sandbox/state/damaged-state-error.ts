/** What is on the disk is not what was written there. */
export class DamagedStateError extends Error {
  override readonly name = 'DamagedStateError';
}
