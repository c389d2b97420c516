/**
 * Copies what a reader types: the commands of a ```console block without their output, and the lines that a ```diff
 * block adds. VitePress would copy all of it. Its own listener is on the window, so this one, further in, comes first.
 */
export function copyCommandsOnly(): void {
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest(BUTTONS) : null;
    const code = button?.parentElement?.querySelector('code');
    // A page that comes over plain HTTP from another machine has no clipboard; VitePress knows another way.
    if (button === null || code == null || !isSecureContext) return;
    event.stopPropagation();
    const typed = button.matches('.diff-block *') ? addedIn(code) : commandsIn(code.textContent ?? '');
    void navigator.clipboard.writeText(typed).then(() => {
      button.classList.add('copied');
      setTimeout(() => button.classList.remove('copied'), 2000);
    });
  });
}

const BUTTONS = '.language-console > button.copy, .diff-block button.copy';

/** `$ command`, and `> ` where it continues. */
function commandsIn(block: string): string {
  const lines = block.split('\n').filter((line) => /^[$>] /.test(line));
  return lines.map((line) => line.slice(2)).join('\n');
}

function addedIn(code: Element): string {
  return [...code.querySelectorAll('.line.add')].map((line) => `${line.textContent}\n`).join('');
}
