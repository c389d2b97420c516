/**
 * Copies the commands of a ```console block, and not what they print: VitePress would copy all of it. Its own listener
 * is on the window, so this one, further in, comes first.
 */
export function copyCommandsOnly(): void {
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('.language-console > button.copy') : null;
    const code = button?.parentElement?.querySelector('code')?.textContent;
    if (button === null || code == null) return;
    event.stopPropagation();
    void navigator.clipboard.writeText(commandsIn(code)).then(() => {
      button.classList.add('copied');
      setTimeout(() => button.classList.remove('copied'), 2000);
    });
  });
}

/** `$ command`, and `> ` where it goes on. */
function commandsIn(block: string): string {
  const lines = block.split('\n').filter((line) => /^[$>] /.test(line));
  return lines.map((line) => line.slice(2)).join('\n');
}
