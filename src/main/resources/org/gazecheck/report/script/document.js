/* Draws images and heatmaps, filters and sorts. Untrusted text enters the document as text only. */

/* ---- the document ---- */

const root = document.documentElement;
let errors = 0;

/* What went wrong stands in the document, for tests and for whoever looks. */
function failed(text) {
  errors += 1;
  root.dataset.errors = String(errors);
  if (errors === 1) {
    root.dataset.firstError = text;
  }
}

root.dataset.errors = '0';
window.addEventListener('error', event => {
  const source = event.target && (event.target.src || event.target.href);
  failed(event.message || 'could not load ' + source);
}, true);
window.addEventListener('unhandledrejection', event => failed(String(event.reason)));
document.addEventListener('securitypolicyviolation', event =>
  failed('content security policy: ' + event.violatedDirective + ' ' + event.blockedURI));

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) {
    element.className = className;
  }
  if (text !== undefined) {
    element.textContent = text;
  }
  return element;
}

/* The element, with what hides it opened. */
function unfold(element) {
  const folded = element.closest('details');
  if (folded) {
    folded.open = true;
  }
  return element;
}

/* A name of the data: its own direction, whole in its title. */
function untrusted(tag, className, text) {
  const element = make(tag, className, text);
  element.dir = 'auto';
  element.title = text;
  return element;
}

/* A name within a text: where it runs from right to left, what stands beside it keeps its place. */
const TURNS = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2068\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

function isolated(name) {
  return TURNS.test(name) ? '\u2068' + name + '\u2069' : name;
}

function percent(share) {
  return (100 * share).toFixed(1) + '\u00a0%';
}

/* Of a softmax, which rules nothing out and is never certain. */
function probability(share) {
  const text = percent(share);
  return text === '100.0\u00a0%' ? '>\u00a099.9\u00a0%' : text === '0.0\u00a0%' ? '<\u00a00.1\u00a0%' : text;
}

function count(n) {
  return n.toLocaleString('en');
}

function nameOfFile(text) {
  return text.replace(/[^\p{L}\p{N}]+/gu, '-');
}

function download(name, text, type) {
  const link = make('a');
  link.download = name;
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
