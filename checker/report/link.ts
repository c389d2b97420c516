import { hostname } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isSet } from './is-set.ts';

/** Makes a text a link that a terminal opens: to a web address, or to a file of the workshop, optionally at a line. */
export type Link = (text: string, to: string | { readonly file: string; readonly line?: number }) => string;

type Variables = Readonly<Record<string, string | undefined>>;

/** For readers without links: only the text. */
export const noLinks: Link = (text) => text;

/**
 * Returns the links for a reader. Only terminals that are known to understand OSC 8 get them: no pipes, no continuous
 * integration, and nobody who asked for plain text (NO_COLOR, TERM=dumb, ACCESSIBLE). FORCE_HYPERLINK decides if it is
 * set.
 * https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda
 */
export function linksFor(root: string, isTerminal: boolean, variables: Variables): Link {
  if (!understands(isTerminal, variables)) return noLinks;
  // These open a file at the line in the fragment; others ignore it.
  const takesLines = ['vscode', 'iTerm.app'].includes(variables.TERM_PROGRAM ?? '') || isKitty(variables);
  return (text, to) => {
    if (text === '') return text;
    const url = typeof to === 'string' ? new URL(to) : pathToFileURL(join(root, to.file));
    // A terminal that shows another machine must not open its own local files.
    if (url.protocol === 'file:' && process.platform !== 'win32') url.hostname = hostname();
    if (typeof to !== 'string' && to.line !== undefined && takesLines) url.hash = String(to.line);
    return `\u001b]8;;${url.href}\u001b\\${text}\u001b]8;;\u001b\\`;
  };
}

function understands(isTerminal: boolean, variables: Variables): boolean {
  const { FORCE_HYPERLINK, NO_COLOR, CI, TERM, ACCESSIBLE, TERM_PROGRAM, VTE_VERSION, WT_SESSION, KONSOLE_VERSION } =
    variables;
  if (FORCE_HYPERLINK !== undefined) return isSet(FORCE_HYPERLINK);
  if (!isTerminal || isSet(CI) || (NO_COLOR ?? '') !== '' || TERM === 'dumb' || isSet(ACCESSIBLE)) return false;
  // GNOME Terminal and its relatives; 0.50.0 crashes on links.
  if (VTE_VERSION !== undefined) return Number(VTE_VERSION) > 5000;
  // tmux and screen pass them on only if configured to.
  if (/^(tmux|screen)/.test(TERM ?? '')) return false;
  return (
    isSet(WT_SESSION) ||
    isSet(KONSOLE_VERSION) ||
    isKitty(variables) ||
    /^(alacritty|xterm-ghostty|foot)/.test(TERM ?? '') ||
    ['vscode', 'iTerm.app', 'WezTerm', 'ghostty', 'zed', 'Tabby', 'rio', 'Hyper'].includes(TERM_PROGRAM ?? '')
  );
}

function isKitty({ TERM, KITTY_WINDOW_ID }: Variables): boolean {
  return TERM === 'xterm-kitty' || isSet(KITTY_WINDOW_ID);
}
