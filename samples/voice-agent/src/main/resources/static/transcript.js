// What was said, as bubbles whose segments show how far the caller has heard them.

const list = document.getElementById('transcript');

function scroll() {
  list.scrollTop = list.scrollHeight;
}

new ResizeObserver(scroll).observe(list);

export const clear = () => list.replaceChildren();

// Adds a bubble of the caller or the desk, or a note
export function bubble(kind, text) {
  const item = document.createElement('li');
  item.className = kind;
  if (text) {
    if (kind === 'caller') {
      item.append(speaker('You: '));
    }
    item.append(text);
  }
  list.append(item);
  scroll();
  return item;
}

// For those who do not see on which side the bubble is
function speaker(name) {
  const who = document.createElement('b');
  who.className = 'hidden';
  who.textContent = name;
  return who;
}

// Adds a segment to a bubble of the desk
export function write(item, segment) {
  if (!item.hasChildNodes()) {
    item.append(speaker('Desk: '));
  }
  const span = document.createElement('span');
  span.className = `${segment.kind} waiting`;
  span.lang = segment.language || '';
  span.textContent = `${segment.text} `;
  segment.element = span;
  item.append(span);
  scroll();
}

// Marks a segment: waiting, now, or heard
export function mark(segment, name) {
  if (segment.element) {
    segment.element.className = `${segment.kind} ${name}`;
  }
}

// Shows what the caller has not heard
export function strike(segment, heard) {
  const length = segment.end - segment.start;
  const part = length > 0 ? Math.max(0, heard - segment.start) / length : 0;
  const text = segment.element.textContent;
  const cut = Math.round(part * segment.text.length);
  const rest = document.createElement('s');
  rest.textContent = text.slice(cut);
  segment.element.replaceChildren(text.slice(0, cut), rest);
  segment.element.className = segment.kind;
}
