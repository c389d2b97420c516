import { emitKeypressEvents } from 'node:readline';

/**
 * Hands each key to `onKey` by its letter, Ctrl-C as `interrupt`. Ctrl-Z stops the program as in any other, and `fg`
 * brings it back. The result gives the terminal back.
 */
export function readKeys(onKey: (key: string) => void): () => void {
  const { stdin } = process;
  const take = () => {
    // Node.js believes what it set last; a shell that was in between has set something else.
    raw(false);
    raw(true);
  };
  // Node.js has no name for `?`.
  const listener = (text = '', { ctrl, name = text }: { name?: string; ctrl?: boolean }) => {
    if (ctrl !== true) onKey(name);
    else if (name === 'c') onKey('interrupt');
    else if (name === 'z' && process.platform !== 'win32') {
      raw(false);
      // The whole group, as the terminal does it: npx waits for this one. Where no shell could bring it back, the
      // system stops nothing, and this goes on.
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

/** A terminal that was closed meanwhile cannot be set any more. */
function raw(isRaw: boolean): void {
  try {
    process.stdin.setRawMode(isRaw);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EIO') throw error;
  }
}
