
/* ---- rulings: verdicts on findings, one for all findings of a story ---- */

const rulings = (() => {
  /* Ids of all findings of the story that a place is about: one verdict is kept for each. */
  function storyOf(place) {
    return JSON.parse(place.dataset.story);
  }

  function given(finding) {
    return review.about(report.run + ' finding:' + finding);
  }

  function own(finding) {
    return given(finding).find(verdict => verdict.reviewer === review.name());
  }

  function ofOthers(finding) {
    return review.blind() ? [] : given(finding).filter(verdict => verdict.reviewer !== review.name());
  }

  function rule(story, word, adjudicates) {
    review.named(() => {
      if (word === 'other') {
        const mine = own(story[0]);
        askWords('What about this finding?', mine ? mine.comment : '', LONGEST_COMMENT,
          comment => review.rule(story, { verdict: word, comment, adjudicates }));
      } else {
        review.rule(story, { verdict: word, comment: '', adjudicates });
      }
    });
  }

  function fill(place) {
    const settle = settling();
    const buttons = Object.keys(RULINGS).map(word => {
      const button = make('button', 'choice', RULINGS[word]);
      button.type = 'button';
      button.title = RULING_MEANINGS[word];
      button.dataset.word = word;
      button.addEventListener('click', () => rule(storyOf(place), word, settle.word()));
      return button;
    });
    place.replaceChildren(make('span', 'hint', 'Your verdict:'), ...buttons, ...alsoFor(place), settle.label, make('bdi', 'hint comment'),
      ...stored(), make('span', 'hint others'));
  }

  /* Before a verdict: which other findings it is kept for, and where they are. */
  function alsoFor(place) {
    const others = storyOf(place).length - 1;
    if (others === 0) {
      return [];
    }
    const article = place.closest('article');
    const folded = article.querySelector('.follows');
    const link = make('button', 'name also', 'also for the ' + (others === 1 ? 'other finding' : count(others) + ' other findings') + ' of its story');
    link.type = 'button';
    link.addEventListener('click', () => {
      views.visit(folded ? folded.querySelector('li') : article.querySelector('.alike'));
    });
    return [link];
  }

  /* After a verdict: how many findings it is kept for, and a way back. */
  function stored() {
    const text = make('span', 'hint stored');
    text.setAttribute('role', 'status');
    const undo = make('button', 'name undo', 'Undo');
    undo.type = 'button';
    undo.hidden = true;
    undo.addEventListener('click', review.undo);
    return [text, undo];
  }

  function showStored(place, story, word) {
    place.querySelector('.stored').textContent = word && story.length > 1 ? 'stored for ' + count(story.length) + ' findings' : '';
    place.querySelector('.undo').hidden = !story.includes(review.lastRuled());
  }

  function show() {
    for (const place of document.querySelectorAll('[data-ruling]')) {
      const story = storyOf(place);
      const mine = own(story[0]);
      const same = story.map(own).every(each => Boolean(each) === Boolean(mine) && (!mine || each.verdict === mine.verdict));
      showStored(place, story, mine && same);
      place.querySelectorAll('[data-word]').forEach(button =>
        button.setAttribute('aria-pressed', String(Boolean(mine) && same && mine.verdict === button.dataset.word)));
      place.querySelector('.comment').textContent = same ? (mine ? mine.comment : '') : 'not the same for all of its findings';
      const others = ofOthers(story[0]).concat(...story.slice(1).map(id => ofOthers(id).filter(verdict =>
        !given(story[0]).some(first => first.reviewer === verdict.reviewer && first.verdict === verdict.verdict))));
      const conflict = others.length > 0 && story.some(disputed);
      const line = place.querySelector('.others');
      line.classList.toggle('conflict', conflict);
      line.textContent = (conflict ? 'conflict: ' : '') + others.map(verdict => isolated(verdict.reviewer)
        + (verdict.adjudicates ? ' (adjudication): ' : ': ') + RULINGS[verdict.verdict] + quotedComment(verdict)).join(' \u00b7 ');
      place.querySelector('.settle').hidden = !conflict;
    }
  }

  function disputed(finding) {
    return !review.blind() && contradict(given(finding));
  }

  function placeOf(finding) {
    return [...document.querySelectorAll('[data-ruling]')].find(each => storyOf(each).includes(finding));
  }

  /* The address of the story of a finding. */
  function address(finding) {
    const place = placeOf(finding);
    return place ? '#' + place.closest('article').id : '#/findings';
  }

  /* The address of the finding where the reader is; '' where there is none. */
  function here() {
    const named = views.element();
    const article = document.activeElement.closest('#findings article') || named && named.closest('#findings article');
    return article && views.current() === 'findings' ? '#' + article.id : '';
  }

  /* To where a finding is told: its own line within a story, where it has one. */
  function link(finding, text) {
    const leading = make('a', '', text || isolated(report.findingNames[finding]));
    leading.href = address(finding);
    leading.addEventListener('click', event => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        const line = document.querySelector('[data-finding="' + CSS.escape(finding) + '"]');
        const place = placeOf(finding);
        detail.leave(() => views.visit(line || place.closest('article')));
      }
    });
    return leading;
  }

  /* Several, one after another. */
  function linked(findings) {
    return findings.flatMap((id, k) => [k === 0 ? '' : ', ', link(id)]);
  }

  function seek(finding) {
    const place = placeOf(finding);
    if (place) {
      views.visit(place.closest('article'));
      place.querySelector('button').focus({ preventScroll: true });
    }
  }

  function start() {
    document.querySelectorAll('[data-ruling]').forEach(fill);
  }

  return { start, show, given, disputed, address, here, link, linked, seek };
})();
