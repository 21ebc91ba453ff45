
/* ---- several images of the gallery at once: one verdict for all of them ---- */

const selection = (() => {
  const images = new Set();
  let last = -1;

  function show() {
    const bar = document.getElementById('selection');
    bar.hidden = images.size === 0;
    bar.querySelector('output').value = count(images.size) + (images.size === 1 ? ' image selected' : ' images selected');
    grid.draw();
  }

  /* What is not shown any more is not selected either. */
  function narrow() {
    if (images.size > 0) {
      const shown = new Set(chosen);
      images.forEach(i => shown.has(i) || images.delete(i));
      last = -1;
      show();
    }
  }

  function clear() {
    if (images.size > 0) {
      images.clear();
      last = -1;
      show();
    }
  }

  /* An image of the gallery's list in or out; as far as the last one, where it is so wanted. */
  function toggle(position, far) {
    const on = !images.has(chosen[position]);
    const from = far && last >= 0 ? Math.min(last, position) : position;
    for (let at = from; at <= (far && last >= 0 ? Math.max(last, position) : position); at += 1) {
      if (on || far) {
        images.add(chosen[at]);
      } else {
        images.delete(chosen[at]);
      }
    }
    last = position;
    show();
  }

  /* Whether a click on a card is about the selection. */
  function takes(event, article) {
    const about = event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest('.select') !== null;
    if (about) {
      toggle(article.position, event.shiftKey);
    }
    return about;
  }

  function judge(word) {
    const give = comment => review.judge([...images], { verdict: word, comment }, () => {
      clear();
      update();
    });
    if (word === 'other') {
      askWords('What is wrong with these ' + count(images.size) + ' images?', '', LONGEST_COMMENT, give);
    } else {
      give('');
    }
  }

  /* The sign on a card. */
  function sign() {
    const button = make('button', 'select');
    button.type = 'button';
    button.tabIndex = -1;
    return button;
  }

  function draw(button, i) {
    button.setAttribute('aria-pressed', String(images.has(i)));
    button.textContent = images.has(i) ? '\u2713' : '';
  }

  function start() {
    const bar = document.getElementById('selection');
    bar.querySelector('.verdicts').append(...VERDICT_KEYS.map(word => {
      const button = make('button', 'choice', VERDICTS[word]);
      button.type = 'button';
      button.addEventListener('click', () => judge(word));
      return button;
    }));
    bar.querySelector('[name=none]').addEventListener('click', clear);
    document.getElementById('select-all').addEventListener('click', () => {
      chosen.forEach(i => images.add(i));
      show();
    });
  }

  return { start, takes, toggle, narrow, clear, sign, draw };
})();
