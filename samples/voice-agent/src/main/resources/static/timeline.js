// Draws a turn while it happens: what the model says, its tools, what the caller hears.

const SVG = 'http://www.w3.org/2000/svg';
const LANE = 34;
const BAR = 20;
const TOP = 30;
const BOTTOM = 44;
const HEIGHT = 210;
const KINDS = { FILLER: 'a filler', ANSWER: 'the answer', PROGRESS: 'something instead of silence', APOLOGY: 'an apology' };

const BEFORE = 'Say something, and this draws what happens when: what the model says, the tools it uses, what you hear.';

export const seconds = (ms) => `${(ms / 1000).toFixed(ms < 10000 ? 2 : 1)} s`;

// The name of a tool in words: orderStatus is "order status"
export const inWords = (name) => name.replace(/[_-]+/g, ' ').replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').toLowerCase();

export class Timeline {
  constructor(element, text) {
    this.element = element;
    this.text = text;
    this.still = matchMedia('(prefers-reduced-motion: reduce)');
    this.clear();
    new ResizeObserver(() => this.draw()).observe(element);
  }

  clear(reading = false) {
    this.reading = reading;
    this.origin = performance.now();
    this.model = [];
    this.tools = [];
    this.voice = [];
    this.kinds = new Map();
    this.firstSound = null;
    this.cut = null;
    this.end = null;
    this.running = false;
    this.text.textContent = BEFORE;
    this.draw();
  }

  // reading: the caller reads what is not spoken
  start(reading) {
    this.clear(reading);
    this.text.textContent = '';
    this.running = true;
    this.loop = (this.loop || 0) + 1;
    this.frame(this.loop);
  }

  get now() {
    return performance.now() - this.origin;
  }

  frame(loop) {
    this.draw();
    if (this.running && loop === this.loop) {
      if (this.still.matches) {
        setTimeout(() => this.frame(loop), 500);
      } else {
        requestAnimationFrame(() => this.frame(loop));
      }
    }
  }

  stop() {
    this.running = false;
    this.end = this.now;
    this.draw();
    this.describe();
  }

  accept(event) {
    if (event.type === 'text') {
      const last = this.model.at(-1);
      if (last && !last.closed) {
        last.to = event.at;
      } else {
        this.model.push({ from: event.at, to: event.at, kind: 'ANSWER' });
      }
    } else if (event.type === 'tool-started') {
      const last = this.model.at(-1);
      if (last && !last.closed) {
        last.closed = true;
        last.kind = 'FILLER';
      }
      this.tools.push({ id: event.callId, name: event.name, from: event.at, to: null, kind: 'TOOL' });
    } else if (event.type === 'tool-finished' || event.type === 'tool-failed') {
      const tool = this.tools.find((one) => one.id === event.callId && one.to === null);
      if (tool) {
        tool.to = event.at;
        tool.kind = event.type === 'tool-failed' ? 'FAILED' : 'TOOL';
      }
    } else if (event.type === 'filler-recognized') {
      this.voice.filter((one) => one.index >= event.first && one.index <= event.last).forEach((one) => (one.kind = 'FILLER'));
      for (let index = event.first; index <= event.last; index++) {
        this.kinds.set(index, 'FILLER');
      }
    } else if (event.type === 'interrupted' || event.type === 'completed') {
      this.tools.filter((tool) => tool.to === null).forEach((tool) => (tool.to = event.at));
    }
  }

  spoken(segment) {
    const at = this.now;
    this.firstSound ??= at;
    this.voice.push({ index: segment.index, from: at, to: null, kind: this.kinds.get(segment.index) || segment.kind });
  }

  ended(segment) {
    const bar = this.voice.find((one) => one.index === segment.index && one.to === null);
    if (bar) {
      bar.to = this.now;
    }
  }

  interrupted() {
    this.cut = this.now;
    [...this.voice, ...this.tools].filter((bar) => bar.to === null).forEach((bar) => (bar.to = this.cut));
  }

  draw() {
    const width = Math.max(260, this.element.clientWidth || 600);
    const label = Math.min(118, width * 0.27);
    const lanes = [
      { name: 'Model', bars: this.model },
      ...this.tools.map((tool) => ({ name: inWords(tool.name), bars: [tool] })),
      { name: this.reading ? 'You read' : 'You hear', bars: this.voice },
    ];
    const now = this.end ?? (this.running ? this.now : 0);
    const span = Math.max(2500, now * 1.04);
    const x = (ms) => label + (ms / span) * (width - label - 4);
    const height = Math.max(TOP + lanes.length * LANE + BOTTOM, HEIGHT);
    const bottom = height - BOTTOM;
    const lane = (bottom - TOP) / lanes.length;
    const svg = node('svg', { viewBox: `0 0 ${width} ${height}`, height, 'aria-hidden': 'true' });
    this.axis(svg, span, x, bottom, width);
    lanes.forEach(({ name, bars }, row) => {
      const y = TOP + (row + 0.5) * lane - BAR / 2;
      svg.append(node('text', { x: 0, y: y + 14, class: 'lane' }, fit(name, label)));
      svg.append(node('rect', { x: label, y, width: Math.max(0, width - label - 4), height: BAR, rx: 5, class: 'track' }));
      for (const bar of bars) {
        const to = bar.to ?? now;
        svg.append(node('rect', { x: x(bar.from), y, width: Math.max(5, x(to) - x(bar.from)), height: BAR, rx: 4, class: `bar ${bar.kind}` }));
        if (bar.kind === 'FAILED') {
          svg.append(node('text', { x: Math.max(x(to), x(bar.from) + 5) + 6, y: y + 14 }, 'failed'));
        }
      }
    });
    this.marks(svg, x, bottom, width);
    this.element.replaceChildren(svg);
  }

  axis(svg, span, x, bottom, width) {
    const step = [500, 1000, 2000, 5000, 10000, 30000].find((ms) => (ms / span) * (width * 0.7) > 48) || 60000;
    for (let ms = 0; ms <= span; ms += step) {
      svg.append(node('line', { x1: x(ms), x2: x(ms), y1: TOP, y2: bottom, class: 'rule' }));
      if (x(ms) < width - 24) {
        svg.append(node('text', { x: x(ms), y: bottom + 17, 'text-anchor': ms === 0 ? 'start' : 'middle' }, ms === 0 ? '0' : `${ms / 1000} s`));
      }
    }
  }

  marks(svg, x, bottom, width) {
    if (this.firstSound !== null) {
      const at = x(this.firstSound);
      svg.append(node('line', { x1: at, x2: at, y1: TOP - 4, y2: bottom, class: 'sound' }));
      svg.append(node('text', { x: Math.min(at, width - 130), y: TOP - 12, class: 'sound-text' }, `${this.reading ? 'first words' : 'first sound'} ${seconds(this.firstSound)}`));
    }
    if (this.cut !== null) {
      const at = x(this.cut);
      svg.append(node('line', { x1: at, x2: at, y1: TOP - 4, y2: bottom + 24, class: 'cut' }));
      svg.append(node('text', { x: Math.min(at, width - 100), y: bottom + 38, class: 'cut-text' }, 'you interrupted'));
    }
  }

  // The same in words, for those who do not see it
  describe() {
    const parts = [];
    if (this.firstSound !== null) {
      const first = this.voice[0];
      parts.push(`You ${this.reading ? 'read' : 'heard'} ${KINDS[first.kind] || 'something'} after ${seconds(this.firstSound)}.`);
    }
    for (const tool of this.tools) {
      const how = tool.kind === 'FAILED' ? 'failed' : 'ended';
      parts.push(`The tool ${inWords(tool.name)} began at ${seconds(tool.from)} and ${how} at ${seconds(tool.to ?? this.end)}.`);
    }
    const answer = this.voice.find((bar) => bar.kind === 'ANSWER');
    if (answer && this.tools.length > 0) {
      parts.push(`The answer began at ${seconds(answer.from)}.`);
    }
    if (this.cut !== null) {
      parts.push(`You interrupted at ${seconds(this.cut)}.`);
    }
    this.text.textContent = parts.join(' ') || 'Nothing was said.';
  }
}

function fit(text, width) {
  const most = Math.max(4, Math.floor(width / 7.2));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function node(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  if (text !== undefined) {
    element.textContent = text;
  }
  return element;
}
