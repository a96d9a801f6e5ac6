// The browser's speech: a voice that speaks segments one after the other, and an ear. Either may be missing.

const START_WITHIN = 2500;

export class Voice {
  // listener: started(segment), finished(segment), silent(), broken()
  constructor(listener) {
    this.listener = listener;
    this.engine = window.speechSynthesis && window.SpeechSynthesisUtterance ? window.speechSynthesis : null;
    this.aloud = true;
    this.reset();
  }

  get canSpeak() {
    return Boolean(this.engine) && this.aloud;
  }

  get speaking() {
    return Boolean(this.current) || this.queue.length > 0;
  }

  // Everything up to here of the raw text was heard.
  get heard() {
    return this.position;
  }

  reset() {
    this.queue = [];
    this.current = null;
    this.position = 0;
  }

  speak(segment) {
    this.queue.push(segment);
    this.next();
  }

  // Stops at once; returns the segments that were not spoken to their end.
  stop() {
    const left = this.current ? [this.current, ...this.queue] : this.queue;
    this.queue = [];
    this.current = null;
    clearTimeout(this.watch);
    if (this.engine) {
      this.engine.cancel();
    }
    return left;
  }

  next() {
    if (this.current || this.queue.length === 0) {
      return;
    }
    const segment = this.queue.shift();
    if (!this.canSpeak) {
      // Who reads instead of listening has what is on the screen
      this.position = Math.max(this.position, segment.end);
      this.listener.started(segment);
      this.listener.finished(segment);
      this.goOn();
      return;
    }
    this.current = segment;
    const utterance = new SpeechSynthesisUtterance(segment.text);
    utterance.lang = segment.language || '';
    utterance.onstart = () => this.begun(segment);
    utterance.onboundary = (event) => this.reached(segment, event.charIndex);
    utterance.onend = () => this.ended(segment);
    utterance.onerror = (event) => this.failed(segment, event.error);
    // Some browsers collect an utterance that nothing refers to, and its events with it
    this.utterance = utterance;
    this.watch = setTimeout(() => this.failed(segment, 'no voice'), START_WITHIN);
    this.engine.speak(utterance);
  }

  begun(segment) {
    if (segment === this.current) {
      clearTimeout(this.watch);
      this.listener.started(segment);
    }
  }

  reached(segment, index) {
    if (segment === this.current) {
      const length = segment.end - segment.start;
      const part = Math.min(1, index / Math.max(1, segment.text.length));
      this.position = Math.max(this.position, segment.start + Math.floor(part * length));
    }
  }

  ended(segment) {
    if (segment === this.current) {
      clearTimeout(this.watch);
      this.current = null;
      this.position = Math.max(this.position, segment.end);
      this.listener.finished(segment);
      this.goOn();
    }
  }

  failed(segment, error) {
    if (segment !== this.current) {
      return;
    }
    clearTimeout(this.watch);
    this.current = null;
    this.engine.cancel();
    this.engine = null;
    this.listener.broken(error);
    this.queue.unshift(segment);
    this.next();
  }

  goOn() {
    if (this.queue.length > 0) {
      this.next();
    } else {
      this.listener.silent();
    }
  }
}

const words = (text) => text.toLowerCase().split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);

// Whether the microphone has merely heard the agent.
export function isEcho(heard, spoken) {
  const known = new Set(words(spoken));
  const list = words(heard);
  return list.filter((word) => known.has(word)).length >= list.length * 0.6;
}

export class Ear {
  // listener: heard(text, isFinal), ended(problem)
  constructor(listener) {
    this.listener = listener;
    this.Recognition = window.SpeechRecognition || window.webkitSpeechRecognition || null;
    this.open = false;
  }

  get canHear() {
    return Boolean(this.Recognition);
  }

  start(language) {
    this.open = true;
    this.language = language;
    this.listen();
  }

  listen() {
    const recognition = new this.Recognition();
    this.recognition = recognition;
    recognition.lang = this.language;
    recognition.continuous = true;
    recognition.interimResults = true;
    recognition.onresult = (event) => {
      for (let i = event.resultIndex; i < event.results.length; i++) {
        this.listener.heard(event.results[i][0].transcript.trim(), event.results[i].isFinal);
      }
    };
    recognition.onerror = (event) => {
      if (event.error !== 'no-speech' && event.error !== 'aborted') {
        this.problem = event.error;
      }
    };
    recognition.onend = () => {
      if (this.open && !this.problem && recognition === this.recognition) {
        // Browsers stop listening after a while
        setTimeout(() => this.open && recognition === this.recognition && this.listen(), 250);
      } else if (this.open) {
        this.open = false;
        this.listener.ended(this.problem);
        this.problem = null;
      }
    };
    try {
      recognition.start();
    } catch (error) {
      this.open = false;
      this.listener.ended(error.name);
    }
  }

  stop() {
    this.open = false;
    if (this.recognition) {
      this.recognition.abort();
    }
  }
}
