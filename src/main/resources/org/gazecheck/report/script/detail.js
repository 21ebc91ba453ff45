
/* ---- detail: one image, large ---- */

const detail = (() => {
  const SHOWS = [['predicted', 'Predicted'], ['true', 'True'], ['contrast', 'Predicted rather than true']];
  const EXAMPLES = 4;
  let dialog = null;
  let among = null;
  /* Where the reader was before images like one: { at, among, beside }. */
  let aside = null;
  let afterwards = null;
  let at = -1;
  let shownLast = -1;
  let redraw = () => {};
  let choose = () => {};
  let tellVerdicts = () => {};

  function list() {
    return among || chosen;
  }

  /* Beside its list (the gallery, which is null, or a finding's evidence); an image outside both stands alone. */
  function show(i, others) {
    const before = dialog.open;
    place(i, others);
    views.enlarge(before);
  }

  /* An image like the one that is seen, beside others like it: from there a press leads back to the place in the list. */
  function showBeside(i, others) {
    const { at: from, among: list } = aside || { at, among };
    aside = { at: from, among: list, beside: others };
    show(i, others);
  }

  function comeBack() {
    if (aside) {
      show(aside.at, aside.among);
    }
  }

  function place(i, others) {
    if (others !== undefined) {
      among = others;
    } else if (!dialog.open || !list().includes(i)) {
      among = chosen.includes(i) ? null : [i];
    }
    if (!dialog.open || aside && among !== aside.beside) {
      aside = null;
    }
    const another = at !== i;
    at = i;
    const active = document.activeElement;
    const focused = active !== dialog && dialog.contains(active) && !active.matches('.open') && active.getAttribute('aria-label');
    build();
    if (dialog.open) {
      refocus(focused);
    } else {
      dialog.showModal();
      dialog.focus();
    }
    if (another) {
      dialog.scrollTop = 0;
    }
  }

  /* What the address says is seen large, or nothing. */
  function recall(name) {
    const i = name ? positionOf(name) : -1;
    if (i < 0 || !isPrediction(i)) {
      dialog.close();
    } else if (!dialog.open || at !== i) {
      place(i);
    }
  }

  /* On the control that had the focus, where it is there and works; else on the view itself, so that keys go on. */
  function refocus(label) {
    const same = label && [...dialog.querySelectorAll('button, input')]
      .find(control => control.getAttribute('aria-label') === label && !control.disabled);
    (same || dialog).focus({ preventScroll: true });
  }

  /* After a verdict: the next image, or the same one anew at the end. */
  function onward() {
    const next = list()[list().indexOf(at) + 1];
    show(next === undefined ? at : next, among);
    grid.draw();
  }

  function step(by) {
    const next = list()[list().indexOf(at) + by];
    if (next !== undefined) {
      show(next, among);
    }
  }

  function stage(i) {
    const figure = make('figure', 'stage');
    const box = make('div', 'frame');
    const heat = canvas('heat');
    const note = make('p', 'note');
    const mask = outlineDrawing();
    const inner = make('div', 'zoomable');
    const image = imageElement(i);
    inner.append(image, heat, mask);
    box.append(inner, note);
    const swipe = make('input', 'swipe');
    Object.assign(swipe, { type: 'range', min: 0, max: 100, value: 0 });
    swipe.setAttribute('aria-label', 'Swipe from heatmap to image');
    swipe.addEventListener('input', () => {
      heat.style.clipPath = 'inset(0 0 0 ' + swipe.value + '%)';
    });
    const said = outlineSwitch(i);
    const cut = threshold();
    const moving = zoom.buttons();
    moving.append(copyButton(i, image, heat));
    figure.append(box, swipe, moving, cut.line, said.line);
    return { figure, box, draw: () => {
      drawHeat(heat, note, i, view.show);
      drawOutline(mask, i);
      said.draw();
      cut.draw(i);
    } };
  }

  /* Hides what is weaker than a share of the map's maximum, and says how much of the picture is left. */
  function threshold() {
    const line = make('p', 'threshold-line');
    const label = make('label', '', 'Only from ');
    const slider = make('input');
    Object.assign(slider, { type: 'range', min: 0, max: 95, step: 5 });
    slider.setAttribute('aria-label', 'Heatmap only from this share of its maximum');
    slider.addEventListener('input', () => {
      view.threshold = Number(slider.value);
      update(false);
      remember();
    });
    const text = make('span', 'hint');
    label.append(slider);
    line.append(label, text);
    return { line, draw: i => {
      slider.value = view.threshold;
      whenDetailed(i, () => {
        const map = view.show === 'none' ? null : heatmap(i, view.show);
        const left = map ? map.values.filter(v => v > 0 && v >= view.threshold / 100) : [];
        const sum = values => values.reduce((a, b) => a + b, 0);
        text.textContent = !map || map.empty ? '' : view.threshold + '\u00a0% of its maximum: ' + percent(left.length / map.values.length)
          + ' of the picture, ' + percent(sum(left) / sum(map.values)) + ' of the evidence';
      });
    } };
  }

  /* Shows and hides the outline of the mask, and says where the mask comes from. */
  function outlineSwitch(i) {
    const line = make('p', 'mask-line');
    const button = make('button', 'choice', 'Outline ');
    button.type = 'button';
    button.append(make('kbd', '', 'm'));
    button.setAttribute('aria-label', 'Outline of the mask');
    button.addEventListener('click', () => {
      view.outline = !view.outline;
      update(false);
      remember();
    });
    const text = make('span', 'hint');
    line.append(button, text);
    return { line, draw: () => {
      button.setAttribute('aria-pressed', String(view.outline));
      whenDetailed(i, () => {
        text.textContent = maskLine(i);
        button.hidden = outline(i) === '';
      });
    } };
  }

  /* The heatmaps side by side; a click shows one on the image. */
  function maps(i) {
    const row = make('div', 'maps');
    const draws = [];
    const boxes = [];
    for (const [show, name] of SHOWS) {
      const button = make('button', 'map');
      button.type = 'button';
      const box = make('div', 'frame plain');
      const heat = canvas('heat');
      const note = make('p', 'note');
      const mask = outlineDrawing();
      const inner = make('div', 'zoomable');
      inner.append(heat, mask);
      box.append(inner, note);
      boxes.push(box);
      button.append(box, make('span', 'caption', name));
      button.addEventListener('click', () => {
        view.show = show;
        update(false);
        remember();
      });
      draws.push(() => {
        drawHeat(heat, note, i, show);
        drawOutline(mask, i);
        button.setAttribute('aria-pressed', String(view.show === show));
      });
      row.append(button);
    }
    return { row, boxes, draw: () => draws.forEach(draw => draw()) };
  }

  function facts(i) {
    const table = make('table', 'facts-of-image');
    const add = (name, ...values) => {
      const row = make('tr');
      const head = make('th', '', name);
      head.scope = 'row';
      row.append(head, ...values.map(value => make('td', 'number', value)));
      table.append(row);
    };
    const head = make('tr');
    head.append(make('td'), ...['predicted', 'true'].map(name => {
      const cell = make('th', 'number', name);
      cell.scope = 'col';
      return cell;
    }));
    let any = false;
    for (const [id, number] of NUMBERS) {
      const own = localisation(i, 'predicted', id);
      if (own !== undefined) {
        if (!any) {
          table.append(head);
          any = true;
        }
        add(number.name, shown(id, own), shown(id, localisation(i, 'true', id)));
      }
    }
    if (!any) {
      return make('p', 'missing', 'This run has no localisation measures of this image.');
    }
    return table;
  }

  function properties(i) {
    const parts = [...NUMBERS].filter(([id]) => id in report.properties)
      .map(([id, number]) => [number.name, NUMBERS.get(id).of(i), id])
      .filter(([, value]) => value !== undefined)
      .map(([name, value, id]) => name + '\u00a0' + shown(id, value));
    return make('p', 'hint', parts.join(' \u00b7 '));
  }

  function classExamples(role, label, i) {
    const part = make('div', 'examples');
    const title = make('h3', '', role + ': ');
    title.append(untrusted('span', '', report.classes[label]));
    const row = make('div', 'thumbnails');
    const found = examples(label, EXAMPLES + 1).filter(other => other !== i).slice(0, EXAMPLES);
    const draws = found.map(other => {
      const figure = thumbnail(other, [other]);
      row.append(figure);
      return figure.draw;
    });
    part.append(title, found.length > 0 ? row : make('p', 'hint', 'No image of this class is predicted correctly here.'));
    return { part, draw: () => draws.forEach(draw => draw()) };
  }

  /* What the network finds most alike in train, and what may be wrong with the image's data. */
  function neighbours(i) {
    if (!report.dataQuality) {
      return [];
    }
    const said = Object.values(DATA_ISSUES).filter(([, of]) => of(i)).map(([name]) => name);
    const contradicted = report.dataQuality.confident[i];
    if (contradicted >= 0) {
      said[0] += ': the network predicts ' + isolated(report.classes[contradicted]);
    }
    const found = report.dataQuality.nearest[i];
    return [...(said.length === 0 ? [] : [make('p', 'data-issue', 'Data issue: ' + said.join('; '))]),
      ...(found.length === 0 ? [] : [nearestInTrain(found)])];
  }

  /* Why it may be wrong: findings whose evidence it is, and shortcuts of the class that it is taken for. */
  function findings(i) {
    const ids = Object.keys(report.findings);
    const evidence = ids.filter(id => report.findings[id].includes(i));
    const shortcuts = ids.filter(id => !evidence.includes(id) && /^[a-z]+-shortcut:/.test(id)
      && id.slice(id.indexOf(':') + 1) === predictedOf(i));
    const line = (text, found) => {
      const place = make('p', 'about', text);
      place.append(...rulings.linked(found));
      return place;
    };
    return [...(evidence.length === 0 ? [] : [line('Evidence of: ', evidence)]),
      ...(shortcuts.length === 0 ? [] : [line('Shortcuts found of what it is predicted as: ', shortcuts)]),
      ...(evidence.length + shortcuts.length > 0 || !isWrong(i) ? []
        : [make('p', 'hint', 'No finding is about this image, and no shortcut was found of what it is predicted as.')])];
  }

  function head(i) {
    const position = list().indexOf(i);
    const line = make('div', 'detail-head');
    const button = (text, label, action, enabled) => {
      const element = make('button', 'step', text);
      element.type = 'button';
      element.setAttribute('aria-label', label);
      element.disabled = !enabled;
      element.addEventListener('click', action);
      return element;
    };
    const title = make('h2', '', count(position + 1) + ' of ' + count(list().length));
    title.id = 'detail-title';
    title.setAttribute('aria-live', 'polite');
    const back = aside ? (aside.among || chosen).indexOf(aside.at) + 1 : 0;
    line.append(...aside ? [button('\u21a9 Back to ' + count(back), 'Back to ' + count(back) + ' of ' + count((aside.among || chosen).length), comeBack, true)] : [],
      button('\u2190', 'Previous image', () => step(-1), position > 0), title,
      button('\u2192', 'Next image', () => step(1), position + 1 < list().length),
      button('Next open', 'Next open item', () => queue.next(i), true),
      untrusted('span', 'path', report.images.path[i]), button('\u2715', 'Close', () => dialog.close(), true));
    return line;
  }

  function build() {
    const i = at;
    const left = stage(i);
    const small = maps(i);
    const sides = !isWrong(i) ? [classExamples('Looks like this', report.images.predicted[i], i)]
      : [classExamples('Predicted', report.images.predicted[i], i), classExamples('True', report.images.label[i], i)];
    const views = make('div', 'detail-views');
    views.append(left.figure, small.row);
    const body = make('div', 'detail-body');
    const verdict = verdictBar(i, onward);
    choose = verdict.choose;
    tellVerdicts = verdict.tell;
    const says = make('p', 'hint review-says', review.says());
    says.setAttribute('role', 'status');
    body.append(...namings(i), topAndTrue(i), ...findings(i), says, ...verdict.parts, facts(i), properties(i),
      ...neighbours(i), alike(i), ...sides.map(side => side.part));
    const content = make('div', 'detail-content');
    content.append(views, body);
    dialog.setAttribute('aria-label', described(i));
    dialog.replaceChildren(head(i), content);
    redraw = () => {
      left.draw();
      small.draw();
      sides.forEach(side => side.draw());
    };
    zoom.link([left.box, ...small.boxes], shownLast === i);
    shownLast = i;
    redraw();
  }

  function key(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const writes = event.target.matches('input:not([type="range"], [type="radio"], [type="checkbox"])');
    if (writes || event.target.matches('input') && by || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const word = VERDICT_KEYS[Number(event.key) - 1];
    if (by) {
      event.preventDefault();
      step(by);
    } else if (word) {
      event.preventDefault();
      choose(word);
    } else if (event.key === 'Backspace') {
      event.preventDefault();
      comeBack();
    } else if (event.key === 'o') {
      event.preventDefault();
      queue.next(at);
    } else if (event.key === '0' || event.key === 'Delete') {
      event.preventDefault();
      review.withdraw(at);
      again();
    }
  }

  function start() {
    dialog = document.getElementById('detail');
    dialog.addEventListener('keydown', key);
    dialog.addEventListener('click', event => {
      if (event.target === dialog) {
        dialog.close();
      }
    });
    dialog.addEventListener('close', () => {
      if (dialog.open) {
        return;
      }
      views.back(afterwards);
      afterwards = null;
      if (asksForVerdicts()) {
        update();
      }
      const { at: last, among: list } = aside || { at, among };
      if (list === null && views.current() === 'images') {
        grid.focus(last);
      }
    });
  }

  function again() {
    show(at, among);
    grid.draw();
  }

  /* Closes the large view, if it is open, and does something once the step back that this is has been made. */
  function leave(then) {
    if (dialog.open) {
      afterwards = then;
      dialog.close();
    } else {
      then();
    }
  }

  /* Who said what, anew. */
  function tell() {
    if (dialog.open) {
      tellVerdicts();
    }
  }

  return { start, show, showBeside, recall, again, tell, leave, draw: () => dialog.open && redraw(), open: () => dialog.open, image: () => at };
})();
