/** The data on disk isn't what was written. */
export class DamagedStateError extends Error {
  override readonly name = 'DamagedStateError';
}
