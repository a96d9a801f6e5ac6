// What a turn has used, and how much of the plan is used.

import { seconds } from './timeline.js';

const $ = (id) => document.getElementById(id);

let costOfCall = 0;

const number = (value) => value.toLocaleString('en');

const dollars = (value) => (value === 0 ? '$0' : `$${value.toFixed(value < 0.01 ? 6 : 4)}`);

// Shows the report of a turn
export function show(report) {
  const usage = report.usage;
  const cached = usage.prompt_tokens_details ? usage.prompt_tokens_details.cached_tokens : 0;
  $('overlap').textContent = report.times.tools.length > 0 ? seconds(report.times.overlap) : '–';
  // Nobody tells what a request used that was cut off
  const known = usage.total_tokens > 0;
  $('tokens-in').textContent = known ? number(usage.prompt_tokens) : '–';
  $('tokens-out').textContent = known ? number(usage.completion_tokens) : '–';
  $('cached').textContent = usage.prompt_tokens > 0 ? `${Math.round((100 * cached) / usage.prompt_tokens)} %` : '–';
  $('requests').textContent = number(report.rounds);
  $('cost').textContent = '–';
  if (report.cost && known) {
    const sum = report.cost.input + report.cost.cachedInput + report.cost.output;
    costOfCall += sum;
    $('cost').textContent = dollars(sum);
    $('cost-call').textContent = dollars(costOfCall);
  }
}

export function showPlan(plan) {
  if (plan.limit === null) {
    $('plan-text').textContent = `Plan: ${plan.name}`;
    $('plan').hidden = true;
    return;
  }
  $('plan-text').textContent = `Plan ${plan.name}: ${plan.used} of ${plan.limit} requests this minute`;
  $('plan').hidden = false;
  $('plan').max = plan.limit;
  $('plan').high = plan.limit * 0.8;
  $('plan').value = plan.used;
}

export function clear() {
  costOfCall = 0;
  $('cost-call').textContent = '–';
}
