// Talks to the server: calls, turns as server-sent events, interruptions.

export class ServerError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function request(path, method, body, signal, keepalive = false) {
  let response;
  try {
    response = await fetch(path, {
      method,
      signal,
      keepalive,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new ServerError('The server cannot be reached. Try again in a moment.', 0);
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new ServerError(problem.detail || `The server answered with status ${response.status}.`, response.status);
  }
  return response;
}

export const desk = async () => (await request('api/desk', 'GET')).json();

export const plan = async () => (await request('api/plan', 'GET')).json();

export const beginCall = async () => (await (await request('api/calls', 'POST')).json()).id;

export const endCall = (call) => request(`api/calls/${call}`, 'DELETE', undefined, undefined, true).catch(() => {});

export const interrupt = (call, turn, heard) =>
  request(`api/calls/${call}/turns/${turn}/interruption`, 'POST', { heard });

// Says something; calls back with the number of the turn and with each of its events.
export async function say(call, utterance, signal, onBegin, onEvent) {
  const response = await request(`api/calls/${call}/turns`, 'POST', utterance, signal);
  onBegin(Number(response.headers.get('Turn')));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const data = block.split('\n').filter((line) => line.startsWith('data:')).map((line) => line.slice(5)).join('\n');
      if (data) {
        onEvent(JSON.parse(data));
      }
    }
  }
}
