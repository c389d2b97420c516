import { emitKeypressEvents } from 'node:readline';

/** Hands each key to `onKey` by its letter, Ctrl-C as `interrupt`. The result gives the terminal back. */
export function readKeys(onKey: (key: string) => void): () => void {
  const { stdin } = process;
  const listener = (_text: string | undefined, key: { name?: string; ctrl?: boolean }) =>
    onKey(key.ctrl === true && key.name === 'c' ? 'interrupt' : (key.name ?? ''));
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.on('keypress', listener);
  stdin.resume();
  return () => {
    stdin.off('keypress', listener);
    stdin.setRawMode(false);
    stdin.pause();
  };
}
