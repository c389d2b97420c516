import { showNote, showUnsent } from './messages.js';

/** How long the room can take before the page says that it is waiting, in milliseconds. */
const PATIENCE = 8_000;

/**
 * What `visitor` said and has not heard from the room yet. `send` sends a text and returns false if there is no connection.
 * The room sends messages to everybody alike, and its errors don't say which message they are about.
 */
export function openOutbox({ visitor, send }) {
  /** `{ text, at }`, the oldest first. */
  const waiting = [];
  /** The same of what failed and is shown as such, with what removes it. */
  const unsent = new Set();
  let timer;

  function say(text) {
    if (!send(text)) return false;
    waiting.push({ text, at: new Date() });
    clearTimeout(timer);
    timer = setTimeout(() => showNote('The room has not answered yet.'), PATIENCE);
    return true;
  }

  function fail(message) {
    if (message === undefined) return;
    const { text, at } = message;
    const shown = { text, remove: showUnsent({ from: visitor.name, text, at, onAgain }) };
    unsent.add(shown);
    function onAgain() {
      if (say(text)) forget(shown);
    }
  }

  function forget(shown) {
    shown.remove();
    unsent.delete(shown);
  }

  function settle() {
    if (waiting.length === 0) clearTimeout(timer);
  }

  return {
    say,

    /**
     * Returns whether the visitor said this message. If anybody can take any name, their own words are known by having just
     * been said. A room that was given no name, or doesn't know whom it admitted, calls them stranger.
     */
    hasSaid({ from, text }) {
      const canBeOwn = from === visitor.name || from === 'stranger';
      const index = waiting.findIndex((message) => canBeOwn && message.text === text);
      if (index !== -1) waiting.splice(index, 1);
      settle();
      if (index !== -1) return true;
      // It arrived after all, or was in what the page missed.
      const late = canBeOwn && [...unsent].find((shown) => shown.text === text);
      if (late) forget(late);
      return Boolean(late) || (visitor.isKnown === true && from === visitor.name);
    },

    /** The room reported an error: most likely about the oldest message. */
    failOldest() {
      fail(waiting.shift());
      settle();
    },

    /** The connection is gone, and with it every answer. */
    failAll() {
      for (const message of waiting.splice(0)) fail(message);
      settle();
    },

    /** The visit is over. */
    close() {
      clearTimeout(timer);
    },
  };
}
