
/* ---- paper: a summary of a few pages, or everything ---- */

const paper = (() => {
  let whole = false;

  /* The margins of the pages say what is printed, and when. */
  function before() {
    root.dataset.paper = whole ? 'everything' : 'summary';
    root.style.setProperty('--running', JSON.stringify(root.dataset.title));
    root.style.setProperty('--printed', JSON.stringify('printed ' + new Date().toISOString().slice(0, 10)));
    document.getElementById('signed').textContent = document.getElementById('signature').textContent;
    if (whole) {
      document.querySelectorAll('.follows').forEach(follows => { follows.open = true; });
      grid.print();
      confusions.draw();
    }
    inPrint().forEach(figure => figure.draw());
  }

  function after() {
    delete root.dataset.paper;
    if (whole) {
      whole = false;
      grid.fill();
    }
  }

  /* Images that are printed with their heatmaps, the gallery aside. */
  function inPrint() {
    return whole ? thumbnails : thumbnails.filter(figure => figure.closest('.stories'));
  }

  /* The page's own way to print fetches heatmaps and whole pictures first; the browser's menu does not wait. */
  function print(everything) {
    whole = everything;
    const images = view.show === 'none' ? [] : [...new Set(inPrint().map(figure => figure.image).filter(isPrediction))];
    Promise.all([...images.map(i => new Promise(done => { whenShown(i, view.show, done); })), ...inPrint().map(sharpened)])
      .then(() => window.print());
  }

  /* Paper shows more than the small pictures hold. */
  function sharpened(figure) {
    const picture = figure.querySelector('img');
    if (!picture) {
      return null;
    }
    picture.loading = 'eager';
    picture.src = sourceOf(figure.image, Infinity);
    return picture.decode().catch(() => null);
  }

  function start() {
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    document.querySelectorAll('[data-print]').forEach(button =>
      button.addEventListener('click', () => print(button.dataset.print === 'everything')));
  }

  return { start, print };
})();
