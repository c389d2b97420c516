// A lab's complaint, acted out by the workshop's visitors in this page's room.

const open = document.getElementById('scene');
const panel = document.getElementById('scene-panel');
const lines = document.getElementById('scene-lines');
const end = document.getElementById('scene-end');

/** Offers the scene if the page's server has one. */
export function offerScene(isThere) {
  open.hidden = !isThere;
  open.onclick = () => void play();
}

async function play() {
  const seen = new AbortController();
  open.disabled = true;
  lines.replaceChildren();
  panel.hidden = false;
  end.textContent = 'End the scene';
  end.onclick = () => seen.abort();
  end.focus();
  try {
    const response = await fetch('scene', { method: 'POST', signal: seen.signal });
    if (!response.ok) throw new Error(`the page's server answered ${response.status}`);
    await readLines(response.body);
  } catch (error) {
    if (!seen.signal.aborted) tell(`The scene couldn't be played: ${error.message}`);
  }
  open.disabled = false;
  if (seen.signal.aborted) return close();
  end.textContent = 'Close';
  end.onclick = close;
}

function close() {
  panel.hidden = true;
  open.focus();
}

async function readLines(body) {
  let rest = '';
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    const whole = (rest + part).split('\n');
    rest = whole.pop();
    for (const line of whole) tell(line);
  }
}

function tell(text) {
  const line = document.createElement('p');
  line.textContent = text;
  lines.append(line);
  lines.scrollTop = lines.scrollHeight;
}
