// Speech that plays in set times: 60 ms a word. What it does can be read and steered by the test.
{
  const WORD = 60;
  const log = { spoken: [], languages: [], boundaries: 0, cancelled: 0, active: false, mute: false };
  let queue = [];
  let current = null;

  function next() {
    if (current || queue.length === 0 || log.mute) {
      return;
    }
    const utterance = queue.shift();
    const starts = [...utterance.text.matchAll(/\S+/g)].map((match) => match.index);
    let word = 0;
    log.active = true;
    log.spoken.push(utterance.text);
    log.languages.push(utterance.lang);
    current = utterance;
    utterance.onstart?.({});
    utterance.timer = setInterval(() => {
      if (word < starts.length) {
        log.boundaries++;
        utterance.onboundary?.({ name: 'word', charIndex: starts[word++] });
      } else {
        clearInterval(utterance.timer);
        current = null;
        log.active = queue.length > 0;
        utterance.onend?.({});
        next();
      }
    }, WORD);
  }

  const synthesis = {
    speak(utterance) {
      queue.push(utterance);
      setTimeout(next, 20);
    },
    cancel() {
      queue = [];
      log.active = false;
      if (current) {
        const utterance = current;
        current = null;
        log.cancelled++;
        clearInterval(utterance.timer);
        utterance.onerror?.({ error: 'interrupted' });
      }
    },
    getVoices: () => [],
  };

  class Utterance {
    constructor(text) {
      this.text = text;
    }
  }

  class Recognition {
    start() {
      window.__ear = this;
    }

    abort() {
      setTimeout(() => this.onend?.({}), 0);
    }

    hear(transcript, isFinal) {
      this.onresult?.({ resultIndex: 0, results: [Object.assign([{ transcript }], { isFinal })] });
    }
  }

  const replace = (name, value) => Object.defineProperty(window, name, { value, configurable: true });
  replace('speechSynthesis', synthesis);
  replace('SpeechSynthesisUtterance', Utterance);
  replace('webkitSpeechRecognition', Recognition);
  replace('SpeechRecognition', Recognition);
  window.__speech = log;
}
