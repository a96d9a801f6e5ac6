// The limit of the plan: says once how long it takes, and counts down to its end.

export class Limit {
  // listener: reached(seconds), waiting(seconds) each second, over()
  constructor(listener) {
    this.listener = listener;
    this.until = 0;
  }

  get reached() {
    return this.until > Date.now();
  }

  reach(milliseconds) {
    this.until = Date.now() + milliseconds;
    this.listener.reached(this.left);
    this.listener.waiting(this.left);
    clearInterval(this.timer);
    this.timer = setInterval(() => this.tick(), 1000);
  }

  get left() {
    return Math.ceil((this.until - Date.now()) / 1000);
  }

  tick() {
    if (this.left > 0) {
      this.listener.waiting(this.left);
    } else {
      clearInterval(this.timer);
      this.until = 0;
      this.listener.over();
    }
  }
}
