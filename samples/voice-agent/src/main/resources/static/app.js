// The page: one call, whose turns are spoken, drawn and interrupted.

import * as figures from './figures.js';
import * as transcript from './transcript.js';
import * as turns from './turns.js';
import { Limit } from './limit.js';
import { LOCALES, showLanguages, showSuggestions } from './menus.js';
import { Ear, Voice, isEcho } from './speech.js';
import { hint, problem, showSpeech } from './notices.js';
import { Timeline, inWords, seconds } from './timeline.js';

const $ = (id) => document.getElementById(id);

const STATES = {
  connecting: 'Connecting…',
  ready: 'Ready – say something',
  listening: 'Listening…',
  thinking: 'Thinking…',
  tool: 'Working on it…',
  speaking: 'Speaking',
  failed: 'That did not work',
  limit: 'Limit reached',
};

const ECHO = 1500;

let call = null;
let turn = null;
let lastSpoken = 0;
const limit = new Limit({
  reached(seconds) {
    problem(`The plan's limit is reached. You can go on in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`);
  },
  waiting(seconds) {
    hint(`Goes on in ${seconds} s`);
    show();
  },
  over() {
    if (turn) {
      turn.failed = false;
    }
    problem('');
    hint('');
    refreshPlan(false);
    $('say').focus();
    show();
  },
});

const timeline = new Timeline($('timeline'), $('timeline-text'));

const voice = new Voice({
  started(segment) {
    timeline.spoken(segment);
    $('first-sound').textContent = seconds(timeline.firstSound);
    transcript.mark(segment, 'now');
    show();
  },
  finished(segment) {
    timeline.ended(segment);
    transcript.mark(segment, '');
    lastSpoken = Date.now();
  },
  silent() {
    finish();
    show();
  },
  broken() {
    showSpeech(false, ear.canHear);
    hint('There is no voice in this browser: read the answers.');
  },
});

const ear = new Ear({
  heard(text, isFinal) {
    if (!text || (mayEcho() && isEcho(text, spokenNow()))) {
      return;
    }
    if (isBusy()) {
      interrupt();
    }
    if (isFinal) {
      $('say').value = '';
      say(text);
    } else {
      $('say').value = text;
    }
  },
  ended(reason) {
    if (reason) {
      hint(reason === 'not-allowed' ? 'The browser does not allow the microphone: type instead.'
        : 'The microphone does not work: type instead.');
    }
    show();
  },
});

const isSpeaking = () => voice.canSpeak && voice.speaking;

// What the microphone hears of the agent comes a little later
const mayEcho = () => isSpeaking() || (voice.canSpeak && Date.now() - lastSpoken < ECHO);

const isBusy = () => Boolean(turn && (!turn.ended || voice.speaking));

const spokenNow = () => (turn ? turn.segments.map((segment) => segment.text).join(' ') : '');

function state() {
  if (!call) {
    return document.body.dataset.state === 'failed' ? 'failed' : 'connecting';
  }
  if (limit.reached) {
    return 'limit';
  }
  if (isSpeaking()) {
    return turn && turn.running.size > 0 ? 'tool' : 'speaking';
  }
  if (turn && !turn.ended) {
    return turn.running.size > 0 ? 'tool' : 'thinking';
  }
  if (turn && turn.failed) {
    return 'failed';
  }
  return ear.open ? 'listening' : 'ready';
}

function show() {
  const now = state();
  const text = now === 'tool' ? `Working on it: ${[...turn.running.values()].map(inWords).join(', ')}…` : STATES[now];
  document.body.dataset.state = now;
  // A live region speaks when it changes, and only then
  if ($('status').textContent !== text) {
    $('status').textContent = text;
  }
  const focused = document.activeElement === $('stop');
  $('stop').hidden = !isBusy();
  if (focused && $('stop').hidden) {
    $('say').focus();
  }
  $('microphone').setAttribute('aria-pressed', String(ear.open));
  $('microphone').title = !ear.canHear ? 'This browser has no speech recognition' : ear.open ? 'Stop listening' : 'Talk';
  const closed = !call || limit.reached;
  $('send').disabled = closed;
  $('microphone').disabled = closed || !ear.canHear;
  document.querySelectorAll('#suggestions button').forEach((button) => (button.disabled = closed));
}

function ask(text) {
  $('say').focus();
  say(text);
}

function accept(of, event) {
  if (of.interrupted && event.report) {
    figures.show(event.report);
  }
  if (of !== turn || of.interrupted) {
    return;
  }
  timeline.accept(event);
  if (event.type === 'segment') {
    of.segments.push(event);
    transcript.write(of.bubble, event);
    voice.speak(event);
  } else if (event.type === 'filler-recognized') {
    of.segments.filter((one) => one.index >= event.first && one.index <= event.last).forEach((one) => {
      one.kind = 'FILLER';
      one.element.classList.replace('ANSWER', 'FILLER');
    });
  } else if (event.type === 'tool-started') {
    of.running.set(event.callId, event.name);
  } else if (event.type === 'tool-finished') {
    of.running.delete(event.callId);
  } else if (event.type === 'tool-failed') {
    of.running.delete(event.callId);
    transcript.bubble('note', `The tool ${inWords(event.name)} has failed.`);
  } else if (event.type === 'completed' || event.type === 'interrupted') {
    figures.show(event.report);
    ended(of, event.report);
  }
  show();
}

function ended(of, report) {
  of.running.clear();
  of.ended = true;
  of.failed = report.outcome === 'FAILED';
  refreshPlan(of.failed).then((limit) => of.failed && !limit && of === turn && problem(report.failure));
  finish();
}

function finish() {
  if (turn && turn.ended && !voice.speaking && timeline.running) {
    timeline.stop();
    if (turn.failed && !limit.reached) {
      $('say').focus();
    }
  }
}

async function say(text) {
  const words = text.trim();
  if (!words || !call || limit.reached) {
    return;
  }
  if (isBusy()) {
    interrupt();
  }
  await interruption;
  problem('');
  transcript.bubble('caller', words);
  voice.stop();
  voice.reset();
  const mine = { segments: [], running: new Map(), ended: false, abort: new AbortController(), bubble: transcript.bubble('desk') };
  turn = mine;
  timeline.start(!voice.canSpeak);
  $('first-sound').textContent = '–';
  show();
  try {
    await turns.say(call, { text: words, language: $('language').value }, mine.abort.signal,
      (number) => (mine.number = number), (event) => accept(mine, event));
    if (!mine.ended && !mine.interrupted) {
      broken(mine, 'The connection was lost in the middle of the answer. Say it again.');
    }
  } catch (error) {
    if (error.name !== 'AbortError' && !mine.interrupted) {
      broken(mine, error instanceof turns.ServerError ? error.message
        : 'The connection was lost in the middle of the answer. Say it again.');
      if (error.status === 404) {
        await connect();
      }
    }
  }
}

function broken(of, text) {
  if (of !== turn) {
    return;
  }
  of.ended = true;
  of.failed = true;
  of.running.clear();
  problem(text);
  finish();
  show();
}

// What the server is told of an interruption has to arrive before what is said next
let interruption = Promise.resolve();

function interrupt() {
  const of = turn;
  if (!isBusy()) {
    return;
  }
  const heard = voice.heard;
  const left = voice.stop();
  left.forEach((segment, index) => transcript.strike(segment, index === 0 ? heard : segment.start));
  timeline.interrupted();
  of.interrupted = true;
  of.running.clear();
  if (of.number) {
    const told = turns.interrupt(call, of.number, heard).catch(() => {});
    // The report comes on the stream; without it the stream ends by itself
    interruption = Promise.race([told, new Promise((go) => setTimeout(go, 1000))]);
  } else {
    of.abort.abort();
  }
  of.ended = true;
  transcript.bubble('note', 'You interrupted.');
  refreshPlan(false);
  timeline.stop();
  show();
}

// Returns whether the limit is reached
async function refreshPlan(mayBeLimited) {
  const plan = await turns.plan().catch(() => null);
  if (!plan) {
    return false;
  }
  figures.showPlan(plan);
  const reached = mayBeLimited && plan.retryAfter > 0;
  if (reached) {
    ear.stop();
    limit.reach(plan.retryAfter);
  }
  return reached;
}

async function connect() {
  call = null;
  document.body.dataset.state = 'connecting';
  show();
  try {
    call = await turns.beginCall();
    figures.clear();
    show();
  } catch (error) {
    document.body.dataset.state = 'failed';
    problem(error.message);
    $('status').textContent = STATES.failed;
  }
}

async function begin() {
  showSpeech(Boolean(voice.engine), ear.canHear);
  try {
    const desk = await turns.desk();
    $('source').textContent = desk.simulated
      ? 'Answers come from a simulator that knows a few words of English. With SMALLEST_API_KEY they come from Electron.'
      : 'Answers come from Electron.';
    showLanguages(desk.languages);
    showSuggestions(ask);
    show();
    figures.showPlan(desk.plan);
  } catch {
    $('source').textContent = '';
  }
  await connect();
}

$('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = $('say').value;
  if (!text.trim() || !call || limit.reached) {
    return;
  }
  $('say').value = '';
  say(text);
});

$('say').addEventListener('input', () => {
  // Whoever begins to type while the agent speaks does not listen any more
  if (isSpeaking() && $('say').value) {
    interrupt();
  }
});

$('microphone').addEventListener('click', () => {
  if (ear.open) {
    ear.stop();
  } else {
    if (isBusy()) {
      interrupt();
    }
    const language = $('language').value;
    ear.start(LOCALES[language] || language);
  }
  show();
});

$('stop').addEventListener('click', () => {
  interrupt();
  $('say').focus();
});

$('again').addEventListener('click', async () => {
  if (isBusy()) {
    interrupt();
  }
  await interruption;
  if (call) {
    turns.endCall(call);
  }
  turn = null;
  transcript.clear();
  problem('');
  timeline.clear();
  await connect();
  $('say').focus();
});

$('language').addEventListener('change', () => {
  localStorage.setItem('language', $('language').value);
  if (ear.open) {
    ear.stop();
  }
  showSuggestions(ask);
  show();
});

$('aloud').addEventListener('change', () => {
  voice.aloud = $('aloud').checked;
  if (!voice.aloud) {
    // What is being spoken goes on in writing
    const left = voice.stop();
    left.forEach((segment) => voice.speak(segment));
  }
  show();
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    interrupt();
  }
});

addEventListener('pagehide', () => call && turns.endCall(call));

begin();
