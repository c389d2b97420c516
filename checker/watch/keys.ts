import { emitKeypressEvents } from 'node:readline';

/**
 * Passes each key to `onKey` by its letter, Ctrl-C as `interrupt` and Ctrl-D, the end of what a person types, as
 * `ctrl+d`. Ctrl-Z stops the program as usual, and `fg` resumes it. Call the result to release the terminal.
 */
export function readKeys(onKey: (key: string) => void): () => void {
  const { stdin } = process;
  const take = () => {
    // Node.js trusts its last setting, but a shell may have changed it meanwhile.
    raw(false);
    raw(true);
  };
  // Node.js has no name for `?`.
  const listener = (text = '', { ctrl, name = text }: { name?: string; ctrl?: boolean }) => {
    if (ctrl !== true) onKey(name);
    else if (name === 'c') onKey('interrupt');
    else if (name === 'd') onKey('ctrl+d');
    else if (name === 'z' && process.platform !== 'win32') {
      raw(false);
      // The whole process group, as the terminal does: npx waits for this process. If no shell could resume it, the
      // system stops nothing, and this continues.
      process.kill(0, 'SIGTSTP');
      setTimeout(take, 50);
    }
  };
  emitKeypressEvents(stdin);
  raw(true);
  stdin.on('keypress', listener);
  stdin.resume();
  process.on('SIGCONT', take);
  return () => {
    process.off('SIGCONT', take);
    stdin.off('keypress', listener);
    raw(false);
    stdin.pause();
  };
}

/** A terminal that was closed meanwhile can't be configured anymore. */
function raw(isRaw: boolean): void {
  try {
    process.stdin.setRawMode(isRaw);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EIO') throw error;
  }
}
