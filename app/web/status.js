const WORDS = {
  left: 'Not connected',
  connecting: 'Connecting…',
  connected: 'Connected',
  lost: 'Connection lost',
  refused: 'Rejected',
};

const status = document.getElementById('status');
const words = document.getElementById('status-text');
const lost = document.getElementById('lost');
const what = document.getElementById('lost-what');
const when = document.getElementById('lost-when');
let ticking;

/** Shows the connection's state. A pause is counted down without a screen reader announcing every second. */
export function showState({ state, wasConnected, gone, retryAt }) {
  clearInterval(ticking);
  status.dataset.state = state;
  words.textContent = WORDS[state];
  if (state === 'lost') {
    what.textContent = gone ?? (wasConnected ? 'The connection is lost.' : "The room can't be reached.");
    const tick = () => {
      when.textContent = `Trying again in ${Math.max(1, Math.ceil((retryAt - Date.now()) / 1000))} s.`;
    };
    tick();
    ticking = setInterval(tick, 250);
    lost.hidden = false;
  } else if (state === 'connecting') {
    when.textContent = 'Trying again now.';
  } else {
    lost.hidden = true;
  }
}

/** What the button does that is shown while the connection is lost. */
export function onRetry(retry) {
  document.getElementById('retry').onclick = retry;
}
