
/* ---- verdicts: their words, and how one is given on an image ---- */

const VERDICTS = {
  'label-wrong': 'wrong label', background: 'background', ambiguous: 'ambiguous', 'poor-image': 'poor image',
  'fair-mistake': 'fair mistake', correct: 'nothing wrong', other: 'own words',
};
const MEANINGS = {
  'label-wrong': 'The image shows another class than its label says.',
  background: 'The prediction was decided by what is around the object.',
  ambiguous: 'More than one class can be defended.',
  'poor-image': 'Too dark, blurred, small or covered to tell the class.',
  'fair-mistake': 'Label and image are fine, and the classes look alike.',
  correct: 'There is nothing wrong with this prediction.',
  other: 'None of these: say what it is.',
};
const VERDICT_KEYS = Object.keys(VERDICTS);
const OF_IMAGE = ['label-wrong', 'ambiguous', 'poor-image'];
const RULINGS = { confirmed: 'confirmed', rejected: 'rejected', other: 'other' };
const RULING_MEANINGS = {
  confirmed: 'The evidence shows what the finding says.', rejected: 'It does not: the finding is wrong or does not matter.',
  other: 'Neither: say what it is.',
};
const LONGEST_COMMENT = 2000;
const SUGGESTED = 6;

/* What counts of what was said about the same: an adjudication stands for all that was said before it. */
function standing(said) {
  const time = verdict => Date.parse(verdict.time);
  const settled = said.filter(verdict => verdict.adjudicates).sort((a, b) => time(b) - time(a))[0];
  return settled ? [settled, ...said.filter(verdict => time(verdict) > time(settled))] : said;
}

function contradict(said) {
  const several = values => new Set(values).size > 1;
  const counting = standing(said);
  return several(counting.map(verdict => verdict.verdict))
    || several(counting.map(verdict => verdict.corrected).filter(corrected => corrected !== ''));
}

function quotedComment(verdict) {
  return verdict.comment ? ' \u201c' + isolated(verdict.comment) + '\u201d' : '';
}

/* A verdict on an image in words. */
function inWords(verdict) {
  return VERDICTS[verdict.verdict] + (verdict.corrected ? ' (' + isolated(verdict.corrected) + ')' : '')
    + quotedComment(verdict) + (verdict.adjudicates ? ', adjudicated' : '') + (verdict.run === report.run ? '' : ', inherited')
    + (review.waits(verdict) ? ', not on the server yet' : '');
}

/* One line about who said what about an image. */
function showSaid(line, i) {
  const mine = review.own(i);
  const said = [...(mine ? ['you: ' + inWords(mine)] : []),
    ...review.others(i).map(verdict => isolated(verdict.reviewer) + ': ' + inWords(verdict))].join(' \u00b7 ');
  const disputed = review.disputed(i);
  line.classList.toggle('conflict', disputed);
  line.textContent = (disputed ? 'conflict: ' : '') + said;
  line.title = said;
}

/* A box that makes the next verdict one that settles what reviewers contradict each other about. */
function settling() {
  const label = make('label', 'settle');
  const box = make('input');
  box.type = 'checkbox';
  box.setAttribute('aria-label', 'My verdict settles this');
  label.append(box, ' my verdict settles this');
  label.hidden = true;
  return { label, word: () => box.checked && !label.hidden ? 'yes' : '' };
}

/* What reviewers said about an image, beside each other; where they contradict each other, each with a button that decides for it. */
function showOpinions(place, i, decide) {
  const disputed = review.disputed(i);
  const mine = review.own(i);
  place.classList.toggle('disputed', disputed);
  place.replaceChildren();
  for (const verdict of review.blind() ? [] : [...(mine ? [mine] : []), ...review.others(i)]) {
    const card = make('div', 'opinion');
    card.append(untrusted('b', '', verdict === mine ? verdict.reviewer + ' (you)' : verdict.reviewer), make('span', '', inWords(verdict)),
      make('span', 'hint', verdict.time.slice(0, 10)));
    if (disputed) {
      const button = make('button', 'choice', 'Decide for this');
      button.type = 'button';
      button.setAttribute('aria-label', 'Decide for ' + verdict.reviewer + ': ' + VERDICTS[verdict.verdict]);
      button.addEventListener('click', () => decide(verdict));
      card.append(button);
    }
    place.append(card);
  }
  return place;
}

/* Classes that an image with a wrong label may show: of an empty text the network's best. */
function suggestedClasses(i, text) {
  const wanted = text.trim().toLowerCase();
  const mine = review.own(i);
  const best = report.images.top[i].filter((unused, k) => k % 2 === 0).map(index => report.classes[index]);
  const names = wanted === '' ? [...(mine && mine.corrected ? [mine.corrected] : []), ...best]
    : report.classes.filter(name => name.toLowerCase().includes(wanted));
  return [...new Set(names)].filter(name => name !== labelOf(i)).slice(0, SUGGESTED);
}

/* The verdict's buttons under the large view; calls back when a verdict was given. */
function verdictBar(i, next) {
  const bar = make('div', 'verdicts');
  bar.setAttribute('role', 'group');
  bar.setAttribute('aria-label', 'Verdict');
  const mine = review.own(i);
  const settle = settling();
  const give = (verdict, corrected, comment) =>
    review.judge([i], { verdict, corrected, comment, adjudicates: settle.word() }, next);
  const asked = askedOf(i, give);
  const choose = word => {
    if (word === 'label-wrong' || word === 'other') {
      asked.open(word);
    } else {
      give(word, '', '');
    }
  };
  VERDICT_KEYS.forEach((word, k) => {
    const button = make('button', 'choice');
    button.type = 'button';
    button.append(make('kbd', '', String(k + 1)), make('span', '', VERDICTS[word]), make('span', 'hint', MEANINGS[word]));
    button.setAttribute('aria-label', 'Verdict: ' + VERDICTS[word]);
    button.setAttribute('aria-description', MEANINGS[word]);
    button.setAttribute('aria-pressed', String(Boolean(mine) && mine.verdict === word));
    button.addEventListener('click', () => choose(word));
    bar.append(button);
  });
  bar.append(asked.box, settle.label);
  const place = make('div', 'opinions');
  const tell = () => {
    settle.label.hidden = !review.disputed(i);
    showOpinions(place, i, ({ verdict, corrected, comment }) =>
      review.judge([i], { verdict, corrected, comment, adjudicates: 'yes' }, next));
  };
  tell();
  return { parts: [bar, place], choose, tell };
}

/* A field for the right class, with suggestions below it, or for own words. */
function askedOf(i, give) {
  const box = make('div', 'asked');
  const words = make('input', 'words');
  const offers = make('div', 'offers');
  let pending = '';
  words.type = 'text';
  words.maxLength = LONGEST_COMMENT;
  words.dir = 'auto';
  box.append(words, offers);
  box.hidden = true;
  const offer = () => {
    offers.replaceChildren(...(pending !== 'label-wrong' ? [] : suggestedClasses(i, words.value).map(name => {
      const button = untrusted('button', 'choice', name);
      button.type = 'button';
      button.addEventListener('click', () => give('label-wrong', name, ''));
      return button;
    })));
  };
  const open = word => {
    const mine = review.own(i);
    pending = word;
    box.hidden = false;
    words.value = word === 'other' && mine ? mine.comment : '';
    words.setAttribute('aria-label', word === 'other' ? 'What is wrong? Enter saves it'
      : 'Which class is it? Leave empty if unknown. Enter saves it');
    words.placeholder = word === 'other' ? 'what is wrong?' : 'correct class, empty if unknown';
    offer();
    words.focus();
    words.select();
  };
  const close = () => {
    box.hidden = true;
    document.getElementById('detail').focus();
  };
  const save = () => {
    const text = words.value.trim();
    if (pending === 'other' && text !== '') {
      give('other', '', text);
    } else if (pending === 'label-wrong' && text !== '' && !report.classes.includes(text)) {
      words.setCustomValidity('This run has no class of this name. Leave it empty where the correct one is missing.');
      words.reportValidity();
    } else if (pending === 'label-wrong' && text !== labelOf(i)) {
      give('label-wrong', text, '');
    }
  };
  box.addEventListener('keydown', event => {
    const focusable = [words, ...offers.children];
    const to = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter' && event.target === words) {
      event.preventDefault();
      save();
    } else if (to) {
      event.preventDefault();
      (focusable[focusable.indexOf(event.target) + to] || words).focus();
    }
  });
  words.addEventListener('input', () => {
    words.setCustomValidity('');
    offer();
  });
  return { box, open };
}
