
/* ---- a picture with its heatmap and caption, as one image for the clipboard ---- */

const PICTURE = 640;

/* Text in as many lines as it takes. */
function lines(context, text, width) {
  const found = [''];
  for (const word of text.split(' ')) {
    const longer = (found[found.length - 1] + ' ' + word).trim();
    if (context.measureText(longer).width <= width || found[found.length - 1] === '') {
      found[found.length - 1] = longer;
    } else {
      found.push(word);
    }
  }
  return found;
}

/* As it is seen in the large view; throws where the browser does not let a page read its pictures. */
function pictureOf(i, image, heat) {
  const sheet = make('canvas');
  const context = sheet.getContext('2d');
  context.font = '18px sans-serif';
  const caption = [described(i) + ', ' + probability(report.images.pPredicted[i]), report.images.path[i]
    + (heat.hidden ? '' : ', heatmap for ' + (view.show === 'contrast' ? 'predicted rather than true' : view.show))]
    .flatMap(text => lines(context, text, PICTURE - 24));
  sheet.width = PICTURE;
  sheet.height = PICTURE + 20 + 24 * caption.length;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, sheet.width, sheet.height);
  const side = Math.min(image.naturalWidth, image.naturalHeight);
  context.drawImage(image, (image.naturalWidth - side) / 2, (image.naturalHeight - side) / 2, side, side, 0, 0, PICTURE, PICTURE);
  if (!heat.hidden) {
    context.globalAlpha = view.opacity / 100;
    context.drawImage(heat, 0, 0, PICTURE, PICTURE);
    context.globalAlpha = 1;
  }
  context.font = '18px sans-serif';
  context.fillStyle = '#1c1f23';
  caption.forEach((text, k) => context.fillText(text, 12, PICTURE + 26 + 24 * k));
  return new Promise(done => { sheet.toBlob(done, 'image/png'); });
}

function copyButton(i, image, heat) {
  const button = make('button', 'choice', 'Copy picture');
  button.type = 'button';
  button.addEventListener('click', async () => {
    try {
      const blob = await pictureOf(i, image, heat);
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
      button.textContent = 'Copied';
    } catch (problem) {
      button.textContent = location.protocol === 'file:' && !report.thumbnails ? 'Only through gazecheck serve' : 'Not allowed here';
    }
    setTimeout(() => { button.textContent = 'Copy picture'; }, 3000);
  });
  return button;
}
