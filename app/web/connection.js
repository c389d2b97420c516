const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
/** A connection that lasts this long was a good one: the next pause is a short one again. */
const SETTLED_AFTER = 5_000;

/**
 * Keeps a socket to the room open until it is told to leave. Nothing here knows what a message is.
 *
 * `address` gives the address to open, asked anew each time, since rooms move and tickets end. `onState` hears
 * `{ state: 'connecting' }`, `{ state: 'connected' }` and `{ state: 'lost', wasConnected, retryAt }` (milliseconds since
 * 1970). `onFrame` hears each text frame.
 */
export function stayConnected({ address, onState, onFrame }) {
  let socket;
  let timer;
  let settle;
  let left = false;
  let failures = 0;

  async function open() {
    clearTimeout(timer);
    timer = undefined;
    onState({ state: 'connecting' });
    let opened;
    try {
      opened = new WebSocket(await address());
    } catch {
      if (!left) lost(false);
      return;
    }
    if (left) return opened.close();
    socket = opened;
    let wasConnected = false;
    opened.onopen = () => {
      wasConnected = true;
      settle = setTimeout(() => {
        failures = 0;
      }, SETTLED_AFTER);
      onState({ state: 'connected' });
    };
    opened.onmessage = ({ data }) => onFrame(data);
    opened.onclose = () => {
      clearTimeout(settle);
      if (!left) lost(wasConnected);
    };
  }

  function lost(wasConnected) {
    socket = undefined;
    const pause = pauseAfter(failures);
    failures += 1;
    timer = setTimeout(open, pause);
    onState({ state: 'lost', wasConnected, retryAt: Date.now() + pause });
  }

  function retryNow() {
    if (timer !== undefined) open();
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
    /** Sends a frame. False when there is no connection to send it on. */
    send(frame) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    retryNow,
    leave,
  };
}

/** Twice as long each time, and never the same for everybody: a room that comes back is not stormed. */
function pauseAfter(failures) {
  const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures);
  return longest / 2 + (Math.random() * longest) / 2;
}
