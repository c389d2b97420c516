/**
 * Characters that Windows doesn't allow in names, and names of devices
 * (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
 */
const notOnWindows = /[<>:"|?*\p{Cc}]|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

/**
 * Returns whether this can't be the name of an entry to unpack into one folder, on AWS or on this system: empty,
 * absolute, outside of the folder, with a NUL, or with an invalid segment. Some programs begin names with `./`.
 */
export function isFlawedName(name: string, platform: NodeJS.Platform = process.platform): boolean {
  const plain = name.replace(/^\.\/(?=.|$)/, '').replace(/\/$/, '');
  if (plain === '') return name !== './';
  if (name.includes('\0') || name.split(/[\\/]/).includes('..')) return true;
  const steps = plain.split(platform === 'win32' ? /[\\/]/ : '/');
  if (steps.some((step) => step === '' || step === '.')) return true;
  return platform === 'win32' && steps.some((step) => notOnWindows.test(step));
}
