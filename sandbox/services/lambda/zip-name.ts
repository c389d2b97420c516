/** What Windows does not take in a name, or opens a device for (https://learn.microsoft.com/windows/win32/fileio/naming-a-file). */
const notOnWindows = /[<>:"|?*\p{Cc}]|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

/**
 * Returns whether this cannot be the name of an entry that is unpacked into one folder, on AWS or on this system: empty,
 * absolute, leaving the folder, with a NUL, or with a step that is not a name. Some programs begin names with `./`.
 */
export function isFlawedName(name: string, platform: NodeJS.Platform = process.platform): boolean {
  const plain = name.replace(/^\.\/(?=.|$)/, '').replace(/\/$/, '');
  if (plain === '') return name !== './';
  if (name.includes('\0') || name.split(/[\\/]/).includes('..')) return true;
  const steps = plain.split(platform === 'win32' ? /[\\/]/ : '/');
  if (steps.some((step) => step === '' || step === '.')) return true;
  return platform === 'win32' && steps.some((step) => notOnWindows.test(step));
}
