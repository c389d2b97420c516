import { spawn } from 'node:child_process';

/** Opens an address in the person's browser. Does nothing if there is none; the address was printed. */
export function openBrowser(url: string): void {
  const [program, args] =
    process.platform === 'win32'
      ? ['explorer.exe', [url]]
      : process.platform === 'darwin'
        ? ['open', [url]]
        : ['xdg-open', [url]];
  spawn(program as string, args as string[], { stdio: 'ignore', detached: true, windowsHide: true })
    .on('error', () => {})
    .unref();
}
