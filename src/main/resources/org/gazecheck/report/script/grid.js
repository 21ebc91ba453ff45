
/* ---- grid: only cards in and near the window exist ---- */

const grid = (() => {
  const AHEAD = 400;
  const MOST_SPARE = 150;
  const cards = new Map();
  /* Cards that went out of sight, to be given other images: elements that are made and thrown away stay in memory for long. */
  let spare = [];
  let place = null;
  let current = 0;
  let rowHeight = 0;
  let columns = 1;
  let from = 0;
  let to = 0;

  function measure() {
    const style = getComputedStyle(place);
    columns = style.gridTemplateColumns.split(' ').length;
    const probe = place.firstElementChild;
    rowHeight = (probe ? probe.offsetHeight : 480) + (parseFloat(style.rowGap) || 0);
  }

  function rows() {
    return Math.ceil(chosen.length / columns);
  }

  function add(position) {
    const article = spare.pop() || emptyCard(view.size);
    article.show(chosen[position]);
    article.setAttribute('aria-setsize', chosen.length);
    article.setAttribute('aria-posinset', position + 1);
    article.position = position;
    article.tabIndex = position === current ? 0 : -1;
    cards.set(position, article);
    return article;
  }

  function inSight() {
    const top = place.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor((-top - AHEAD) / rowHeight));
    const last = Math.min(rows(), Math.ceil((-top + innerHeight + AHEAD) / rowHeight));
    return [Math.min(first, rows()) * columns, Math.min(chosen.length, Math.max(first, last) * columns)];
  }

  /* Keeps the cards that stay, so that the focus stays too. */
  function render(anew = false) {
    const [first, last] = inSight();
    if (!anew && first === from && last === to) {
      return;
    }
    for (const [position, article] of cards) {
      if (position < first || position >= last) {
        release(article);
        article.remove();
        cards.delete(position);
      }
    }
    const overlap = Math.max(first, from) < Math.min(last, to);
    const before = [];
    const after = [];
    for (let position = first; position < last; position += 1) {
      if (!cards.has(position)) {
        (overlap && position < from ? before : after).push(add(position));
      }
    }
    place.prepend(...before);
    place.append(...after);
    from = first;
    to = last;
    place.style.paddingTop = first / columns * rowHeight + 'px';
    place.style.paddingBottom = Math.max(0, rows() - Math.ceil(last / columns)) * rowHeight + 'px';
    draw();
    tell();
  }

  /* A feed must not be empty: far from the window it is none. */
  function tell() {
    root.dataset.cards = String(cards.size);
    if (cards.size > 0) {
      place.setAttribute('role', 'feed');
      place.setAttribute('aria-label', 'Images');
    } else {
      place.removeAttribute('role');
      place.removeAttribute('aria-label');
    }
  }

  function draw() {
    cards.forEach(article => article.draw());
  }

  /* Pictures of cards that go are given up at once: else the browser keeps those of hundreds of cards. */
  function release(article) {
    forget(article);
    article.querySelector('img').removeAttribute('src');
    if (spare.length < MOST_SPARE && article.width === view.size) {
      spare.push(article);
    }
  }

  /* Everything anew, after other criteria or in another width. */
  function fill() {
    spare = spare.filter(article => article.width === view.size);
    cards.forEach(release);
    cards.clear();
    place.replaceChildren();
    from = 0;
    to = 0;
    current = Math.min(current, Math.max(0, chosen.length - 1));
    place.style.paddingTop = '0';
    place.style.paddingBottom = '0';
    if (chosen.length > 0 && place.clientWidth > 0) {
      place.append(add(0));
      measure();
      to = 1;
      render(true);
      draw();
    }
    tell();
  }

  function focus(position) {
    const old = cards.get(current);
    if (old) {
      old.tabIndex = -1;
    }
    current = position;
    const top = place.getBoundingClientRect().top + scrollY + Math.floor(position / columns) * rowHeight;
    const bar = document.getElementById('toolbar');
    const margin = bar.offsetHeight + (parseFloat(getComputedStyle(bar).top) || 0) + 12;
    if (top < scrollY + margin || top + rowHeight > scrollY + innerHeight) {
      scrollTo({ top: top - margin, behavior: 'instant' });
    }
    render();
    const article = cards.get(position);
    article.tabIndex = 0;
    article.focus({ preventScroll: true });
  }

  /* Arrow keys go from card to card in reading order, up and down a row; Enter opens. */
  function key(event) {
    const article = event.target;
    if (!article.matches('.gallery > article')) {
      return;
    }
    const last = chosen.length - 1;
    const at = article.position;
    const targets = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + columns, ArrowUp: at - columns,
      Home: 0, End: last };
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      detail.show(article.image);
    } else if (event.key === 'x') {
      event.preventDefault();
      selection.toggle(at, event.shiftKey);
    } else if (event.key in targets && targets[event.key] >= 0 && targets[event.key] <= last) {
      event.preventDefault();
      focus(targets[event.key]);
    }
  }

  function open() {
    place = document.getElementById('gallery');
    place.addEventListener('keydown', key);
    place.addEventListener('click', event => {
      const article = event.target.closest('article');
      if (article && !selection.takes(event, article)) {
        detail.show(article.image);
      }
    });
    let waiting = false;
    addEventListener('scroll', () => {
      if (!waiting) {
        waiting = true;
        requestAnimationFrame(() => {
          waiting = false;
          render();
        });
      }
    }, { passive: true });
    views.whenShown('images', fill);
    let width = place.clientWidth;
    new ResizeObserver(() => {
      if (place.clientWidth !== width && place.clientWidth > 0) {
        width = place.clientWidth;
        fill();
      }
    }).observe(place);
  }

  /* Cards on paper do not wait to come into sight. */
  function print() {
    cards.clear();
    place.replaceChildren();
    for (let position = 0; position < Math.min(chosen.length, PRINTED); position += 1) {
      place.append(add(position));
    }
    place.style.paddingTop = '0';
    place.style.paddingBottom = '0';
    draw();
  }

  return { open, fill, draw, print, focus: image => {
    const position = chosen.indexOf(image);
    if (position >= 0) {
      focus(position);
    }
  } };
})();

/* Cards on paper: more would be a book. */
const PRINTED = 200;
