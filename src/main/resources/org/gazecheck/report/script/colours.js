
/* ---- colours ---- */

/* Colour scales: 33 stops of matplotlib's, from no to strongest evidence. */
const SCALES = {
  inferno: '0000040403120b0724150b37210c4a2f0a5b3d09654a0c6b57106e64156e71196e7d1e6d8a226a972766'
    + 'a32c61b0315bbc3754c73e4cd24644db503be45a31eb6628f1731df68013f98e09fb9d07fcac11fbbc21'
    + 'f9cb35f5db4cf2ea69f3f68afcffa4',
  viridis: '440154470d6048186a482374472d7b4537814240863e49893b528b375b8d33638d2f6b8e2c728e297a8e'
    + '26828e23898e21918c1f988b1fa08822a78528ae8032b67a3fbc734ec36b5ec96270cf5784d44b98d83e'
    + 'addc30c2df23d8e219ece51bfde725',
  turbo: '30123b392a734040a24456c7466be34680f64294ff37a8fa28bceb1ccdd818ddc21fe9af32f2984ef97d'
    + '6dfe628bff4ba4fc3cb9f635cdec34dfdf37eecf3af8be39fdac34fe962bfb7e21f46617eb500edf3f08'
    + 'd02f05be2102a91601920b017a0403',
  jet: '0000800000a40000c80000ed0000ff0020ff0040ff0060ff0080ff00a0ff00c0ff00e0fb16ffe130ffc7'
    + '49ffad63ff947dff7a97ff60b1ff46caff2ce4ff13feed00ffd000ffb200ff9400ff7700ff5900ff3b00'
    + 'ff1e00e80000c400009f0000800000',
};

const palettes = new Map();

/* 256 colours, three bytes each. */
function palette(name) {
  if (!palettes.has(name)) {
    const stops = SCALES[name];
    const colours = new Uint8Array(256 * 3);
    for (let i = 0; i < 256; i += 1) {
      const at = i / 255 * 32;
      const left = Math.min(31, Math.floor(at));
      for (let c = 0; c < 3; c += 1) {
        const from = parseInt(stops.substr(6 * left + 2 * c, 2), 16);
        const to = parseInt(stops.substr(6 * left + 6 + 2 * c, 2), 16);
        colours[3 * i + c] = Math.round(from + (to - from) * (at - left));
      }
    }
    palettes.set(name, colours);
  }
  return palettes.get(name);
}
