const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
/** So many failed handshakes in a row are no accident if the network works. */
const TURNED_AWAY_AFTER = 2;
/** A handshake that takes longer than this has failed, in milliseconds. Cold starts take a few seconds. */
const LONGEST_HANDSHAKE = 12_000;
/** After a connection that lasted this long, the next pause is short again. */
const SETTLED_AFTER = 5_000;

/** There is no room to connect to. The message says why, for the person. */
export class RoomGone extends Error {}

/**
 * Keeps a socket to the room open until it is told to leave. It doesn't know what messages are. `address` returns the
 * URL to open, called for each attempt, because rooms move and tickets expire. A browser doesn't say why a handshake
 * failed: `isThere` resolves with whether the network works, and is called after a failure. `onState` gets `{ state:
 * 'connecting' }`, `{ state: 'connected' }`, `{ state: 'lost', wasConnected, gone, retryAt }` (`gone`: why there is no
 * room, if `address` rejects with a RoomGone; `retryAt` in milliseconds since 1970), and `{ state: 'refused', goesOn
 * }`. After that nothing is tried until somebody asks for it or the network comes back, unless they were connected
 * before (`goesOn`): then the room has changed, and may change again. `onFrame` gets each text frame.
 */
export function stayConnected({ address, isThere = async () => false, onState, onFrame }) {
  let socket;
  let timer;
  let settle;
  let left = false;
  let failures = 0;
  let turnedAway = 0;
  let waits = false;
  let wasIn = false;

  async function open() {
    clearTimeout(timer);
    waits = false;
    onState({ state: 'connecting' });
    let opened;
    try {
      opened = new WebSocket(await address());
    } catch (error) {
      if (!left) lost(false, error instanceof RoomGone ? error.message : undefined);
      return;
    }
    if (left) return opened.close();
    socket = opened;
    let wasConnected = false;
    const patience = setTimeout(() => opened.close(), LONGEST_HANDSHAKE);
    opened.onopen = () => {
      clearTimeout(patience);
      wasConnected = true;
      wasIn = true;
      turnedAway = 0;
      settle = setTimeout(() => {
        failures = 0;
      }, SETTLED_AFTER);
      onState({ state: 'connected' });
    };
    opened.onmessage = ({ data }) => onFrame(data);
    opened.onclose = () => {
      clearTimeout(patience);
      clearTimeout(settle);
      if (wasConnected && !left) lost(true);
      else if (!left) failed();
    };
  }

  async function failed() {
    turnedAway = (await isThere()) ? turnedAway + 1 : 0;
    if (left) return;
    if (turnedAway < TURNED_AWAY_AFTER) return lost(false);
    waits = true;
    if (wasIn) openLater();
    onState({ state: 'refused', goesOn: wasIn });
  }

  function lost(wasConnected, gone) {
    socket = undefined;
    waits = true;
    const pause = openLater();
    onState({ state: 'lost', wasConnected, gone, retryAt: Date.now() + pause });
  }

  function openLater() {
    const pause = pauseAfter(failures);
    failures += 1;
    timer = setTimeout(open, pause);
    return pause;
  }

  /** Abandons a socket that only looks open: a close handshake needs the other side, which is gone. */
  function giveUp() {
    if (socket?.readyState !== WebSocket.OPEN) return;
    clearTimeout(settle);
    socket.onclose = null;
    socket.onmessage = null;
    socket.close();
    lost(true);
  }

  function retryNow() {
    if (waits) open();
  }

  function leave() {
    left = true;
    clearTimeout(timer);
    clearTimeout(settle);
    removeEventListener('online', retryNow);
    socket?.close(1000);
  }

  addEventListener('online', retryNow);
  open();

  return {
    /** Sends a frame. Returns false if there is no connection. */
    send(frame) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    giveUp,
    retryNow,
    leave,
  };
}

/** Twice as long each time, with jitter, so that clients don't all reconnect at once. */
function pauseAfter(failures) {
  const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures);
  return longest / 2 + (Math.random() * longest) / 2;
}
