import { showNote, showUnsent } from './messages.js';

/** How long the page waits before it says that it is waiting, in milliseconds. */
const PATIENCE = 8_000;
/** So much can the room's clock be behind this one, in milliseconds. What is older was said before. */
const CLOCKS_APART = 120_000;

/**
 * The messages that `visitor` sent and the room hasn't delivered yet. `send` sends a text and returns false without a
 * connection. The room sends the same to everyone, and its errors don't say which message they are about.
 */
export function openOutbox({ visitor, send }) {
  /** `{ text, at }`, oldest first. */
  const waiting = [];
  /** Messages that failed and are shown as such: `{ text, remove }`. */
  const unsent = new Set();
  let timer;

  function say(text) {
    if (!send(text)) return false;
    waiting.push({ text, at: new Date() });
    clearTimeout(timer);
    timer = setTimeout(() => showNote("The room hasn't answered yet."), PATIENCE);
    return true;
  }

  function fail(message) {
    if (message === undefined) return;
    const { text, at } = message;
    const shown = { text, at, remove: showUnsent({ from: visitor.name, text, at, onAgain }) };
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
     * Returns whether the visitor sent this message. If anyone can use any name, their own messages are recognized because
     * they were just sent. A room that got no name, or doesn't know whom it admitted, calls them stranger.
     */
    hasSaid({ from, text, at }) {
      const isIt = (message) => message.text === text && at >= message.at - CLOCKS_APART;
      const canBeOwn = from === visitor.name || from === 'stranger';
      const index = waiting.findIndex((message) => canBeOwn && isIt(message));
      if (index !== -1) waiting.splice(index, 1);
      settle();
      if (index !== -1) return true;
      // It arrived after all, or while the page was offline.
      const late = canBeOwn && [...unsent].find(isIt);
      if (late) forget(late);
      return Boolean(late) || (visitor.isKnown === true && from === visitor.name);
    },

    /** The room reported an error, most likely about the oldest message. */
    failOldest() {
      fail(waiting.shift());
      settle();
    },

    /** The connection is gone, so no answer can come. */
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
