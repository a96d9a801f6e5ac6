// Problems and hints, one sentence each.

const $ = (id) => document.getElementById(id);

export function hint(text) {
  $('hint').textContent = text;
}

export function problem(text) {
  $('problem').textContent = text || '';
  $('problem').hidden = !text;
}

// Says what the browser cannot do
export function showSpeech(speaks, listens) {
  if (!speaks) {
    $('aloud').checked = false;
    $('aloud').disabled = true;
  }
  hint(!speaks && !listens ? 'This browser neither listens nor speaks: type, and read the answers.'
    : !listens ? 'This browser does not listen: type, and hear the answers.'
      : !speaks ? 'This browser does not speak: read the answers.' : '');
}
