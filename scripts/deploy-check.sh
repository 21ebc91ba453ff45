#!/usr/bin/env bash
# Takes the Java and the Node program from docs/deploy.md, runs them on a small model of the demo, and compares their
# probabilities with those of gazecheck predict. Fails when one differs. Needs node and npm, and the npm registry.
#   scripts/deploy-check.sh
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
page="$home/docs/deploy.md"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# block LANGUAGE: the page's first code block of that language
block() {
  awk -v fence='```'"$1" '$0 == fence { inside = 1; next } inside && $0 == "```" { exit } inside' "$page"
}

"$home/gazecheck" run "$home/config/demo.yaml" --quiet --set "data.dir=$work/drawn" --set "data.masks=$work/drawn/masks" \
  --set "output.dir=$work/run" --set "cache.dir=$work/cache" --set data.drawn.train=4 --set data.drawn.val=2 \
  --set data.drawn.test=2 --set data.drawn.size=64 --set model.size=64 --set train.finetune.epochs=1 \
  --set evaluate.bootstrap=100 >/dev/null
model="$work/run/model.onnx"
# Drawn as large as the model's input, so that its pixels are those behind resize and crop.
image="$work/drawn/test/poppy/000.png"

mkdir "$work/java" "$work/node"
cat >"$work/java/Pixels.java" <<'JAVA'
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

class Pixels {
    public static void main(String[] args) throws Exception {
        var image = ImageIO.read(new File(args[0]));
        byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
        for (int i = 0; i < rgb.length; i++) {
            int pixel = image.getRGB(i / 3 % image.getWidth(), i / 3 / image.getWidth());
            rgb[i] = (byte) (pixel >> (16 - 8 * (i % 3)));
        }
        Files.write(Path.of(args[1]), rgb);
    }
}
JAVA
java "$work/java/Pixels.java" "$image" "$work/pixels.rgb"

"$home/gazecheck" predict "$image" --model "$model" --format json --top 1000 --quiet >"$work/expected.json"

runtime="$(tr ':' '\n' <"$home/target/classpath.txt" | grep '/onnxruntime-[0-9.]*\.jar$')"
block java >"$work/java/Classify.java"
java -cp "$runtime" "$work/java/Classify.java" "$model" "$work/pixels.rgb" >"$work/java.txt"

(cd "$work/node" && ONNXRUNTIME_NODE_INSTALL_CUDA=skip npm install --silent --no-audit --no-fund onnxruntime-node@1.23.2)
block js >"$work/node/classify.js"
(cd "$work" && jar xf "$work/run/model.zip" gazecheck.json)
node "$work/node/classify.js" "$model" "$work/pixels.rgb" "$work/gazecheck.json" >"$work/node.txt"

cat >"$work/compare.js" <<'JS'
const fs = require('fs');
const [expectedFile, ...files] = process.argv.slice(2);
const expected = JSON.parse(fs.readFileSync(expectedFile)).predictions;
let failed = false;
for (const file of files) {
  const found = fs.readFileSync(file, 'utf8').trim().split('\n').map(Number);
  const worst = Math.max(...expected.map((e) => Math.abs(found[e.index] - e.probability)));
  const good = found.length === expected.length && worst < 1e-5;
  console.log(`${file.replace(/.*\//, '').replace('.txt', '')}: ${found.length} probabilities, ` +
    `largest difference to gazecheck predict ${worst.toExponential(1)}${good ? '' : ', TOO LARGE'}`);
  failed = failed || !good;
}
process.exit(failed ? 1 : 0);
JS
node "$work/compare.js" "$work/expected.json" "$work/java.txt" "$work/node.txt"
