
/* ---- start ---- */

function broken(text) {
  const notice = document.getElementById('broken');
  notice.textContent = text;
  notice.hidden = false;
  failed(text);
}

document.addEventListener('DOMContentLoaded', async () => {
  report = window.GAZECHECK;
  document.querySelectorAll('table.sortable').forEach(sortable);
  document.querySelectorAll('main table').forEach(copyable);
  document.querySelectorAll('[data-long]').forEach(shortened);
  document.querySelectorAll('main .scroll:not([tabindex])').forEach(box => sideways.observe(box));
  if (!report) {
    broken('assets/data.js is missing: keep the folder assets beside index.html.');
    return;
  }
  if (report.id !== root.dataset.report) {
    broken('index.html and assets/ are of different reports: write the report again.');
    return;
  }
  document.querySelectorAll('head script').forEach(script => script.remove());
  packNumbers(report);
  report.maps = (number, parts) => receive('maps', number, parts);
  report.details = (number, parts) => receive('details', number, parts);
  toolbar = document.getElementById('toolbar');
  filters = document.getElementById('filters');
  review.start();
  signing.start();
  fillForms();
  grid.open();
  paper.start();
  confusions.start();
  detail.start();
  imageMap.start();
  savedViews.start();
  selection.start();
  listen();
  fillEvidence();
  if (!report.images.rank.some(rank => rank > 1)) {
    usePreset('all');
  }
  update();
  views.start();
  await review.connect();
  await signing.connect();
  await savedViews.connect();
  root.dataset.ready = 'true';
});
