package org.gazecheck.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;

/** Tables, MAT-files, configurations and run folders. */
final class HostileData {
    private static final String CSV = "file,label,split\n";

    private final Path folder;
    private final List<Row> rows = new ArrayList<>();

    private HostileData(Path folder) {
        this.folder = folder;
    }

    static List<Row> rows(Path folder) throws IOException {
        HostileData data = new HostileData(folder);
        data.tables();
        data.matFiles();
        data.configurations();
        data.runs();
        return data.rows;
    }

    private void tables() throws IOException {
        byte[] image = HostileImages.jpeg();
        Path images = Files.createDirectories(folder.resolve("images"));
        for (int i = 0; i < 12; i++) {
            byte[] other = Arrays.copyOf(image, image.length + 1 + i);
            Files.write(images.resolve(i + ".jpg"), other);
        }
        table("a file that climbs", 4, "does not lie in data.dir", CSV + "../../../etc/passwd,a,train\n");
        table("an absolute file", 4, "does not lie in data.dir", CSV + "/etc/passwd,a,train\n");
        table("a file name with a zero", 4, "holds zero bytes", CSV + "a\0b.jpg,a,train\n");
        table("a quote that does not end", 4, "not closed", CSV + "\"0.jpg,a,train\n1.jpg,b,train\n");
        table("other columns", 4, "must name the columns", "=cmd|' /C calc'!A0,b\n1,2\n");
        table("no UTF-8", 4, "not UTF-8", CSV + "\u00ff\u00fe,a,train\n");
        table("lines in a message", 4, "\\u000a", CSV + "\"../a\nb\u001b[31m\",a,train\n");
        StringBuilder odd = new StringBuilder(CSV);
        List<String> names = List.of(
                "=HYPERLINK(\"\"http://x\"\",\"\"y\"\")",
                "@SUM(1)",
                "a/../b",
                "two\nlines",
                "<script>alert(1)</script>",
                "\u202egnp.exe",
                "x".repeat(300),
                "'=1",
                "-1+2",
                "+cmd");
        for (int i = 0; i < names.size(); i++) {
            odd.append(i).append(".jpg,\"").append(names.get(i)).append("\",train\n");
        }
        odd.append("10.jpg,@SUM(1),val\n");
        table("class names of every kind", 0, "", odd.toString());
    }

    private void table(String name, int code, String words, String csv) throws IOException {
        Path file = folder.resolve(rows.size() + ".csv");
        boolean utf8 = !csv.contains("\u00ff");
        Files.write(file, csv.getBytes(utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
        Path yaml = Files.writeString(
                folder.resolve(rows.size() + ".yaml"),
                "data:\n  source: csv\n  dir: " + folder + "/images\n  file: " + file
                        + "\nmodel:\n  architecture: demo\n");
        prepare(name, code, words, yaml);
    }

    private void matFiles() throws IOException {
        Matrix labels = Mat5.newMatrix(1, 3);
        for (int i = 0; i < 3; i++) {
            labels.setInt(i, 1 + i);
        }
        Path whole = folder.resolve("labels.mat");
        Mat5.writeToFile(Mat5.newMatFile().addArray("labels", labels), whole.toFile());
        byte[] sound = Files.readAllBytes(whole);
        mat("a MAT-file of zero bytes", "level 5", new byte[0]);
        mat("a MAT-file cut in its header", "level 5", Arrays.copyOf(sound, 100));
        mat("a MAT-file cut after its header", "none of that name", Arrays.copyOf(sound, 128));
        mat("a MAT-file cut in a tag", "cut off", Arrays.copyOf(sound, 131));
        mat("a MAT-file cut in a matrix", "cannot be read", Arrays.copyOf(sound, sound.length - 20));
        byte[] large = sound.clone();
        large[132] = large[133] = large[134] = (byte) 0xff;
        large[135] = 0x7f;
        mat("a MAT-file that says 2 GB", "is said to have 2147483647 bytes", large);
        mat("a MAT-file of 2 MB", "larger than 1 MB", new byte[2 << 20]);
    }

    private void mat(String name, String words, byte[] content) throws IOException {
        Path flowers = Files.createDirectories(folder.resolve("flowers" + rows.size()));
        Files.createDirectory(flowers.resolve("jpg"));
        Files.write(flowers.resolve("imagelabels.mat"), content);
        Files.write(flowers.resolve("setid.mat"), content);
        Path yaml = Files.writeString(
                folder.resolve(rows.size() + ".yaml"),
                "data:\n  source: flowers102\n  download: false\n  dir: " + flowers
                        + "\nmodel:\n  architecture: demo\n");
        prepare(name, 4, words, yaml);
    }

    private void prepare(String name, int code, String words, Path yaml) {
        String output = "output.dir=" + folder.resolve("run" + rows.size());
        String cache = "cache.dir=" + folder.resolve("cache");
        rows.add(new Row(
                name, code, words, List.of("prepare", yaml.toString(), "--quiet", "--set", output, "--set", cache)));
    }

    private void configurations() throws IOException {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 30; i++) {
            laughs.append("a").append(i).append(": &a").append(i).append(" [");
            laughs.append(("*a" + (i - 1) + ",").repeat(9)).append("]\n");
        }
        yaml("aliases of aliases", "aliases", laughs.toString());
        yaml("aliases as a value", "data.dir", "data: {dir: " + "&a [*a, *a]" + "}\n");
        yaml("a Java tag", "", "data: !!javax.script.ScriptEngineManager [!!java.net.URL [\"http://x/\"]]\n");
        yaml("a Python tag", "", "seed: !!python/object/apply:os.system [\"touch x\"]\n");
        yaml("nested 100000 deep", "nested more than", "a: " + "[".repeat(100_000));
        yaml("300 KB", "larger than", "#".repeat(300 << 10));
        yaml("no text", "not UTF-8", "\u00ff\u00fe\u0000");
        yaml("a key of 300 lines", "", "\"" + "x\\n".repeat(300) + "\": 1\n");
        yaml("the same key in itself", "", "&a {*a : 1}\n");
    }

    private void yaml(String name, String words, String text) throws IOException {
        Path file = folder.resolve("bad" + rows.size() + ".yaml");
        boolean utf8 = !text.contains("\u00ff");
        Files.write(file, text.getBytes(utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
        rows.add(new Row("YAML: " + name, 2, words, List.of("config", file.toString())));
    }

    private void runs() throws IOException {
        run("run.json of no JSON", 4, "run.json", "run.json", "no JSON");
        run("run.json 100000 deep", 4, "run.json", "run.json", "{\"a\":" + "[".repeat(100_000));
        run("run.json of a newer program", 4, "newer program", "run.json", "{\"schemaVersion\": 99}");
        run("run.json of an older program", 4, "older program", "run.json", "{\"schemaVersion\": 1}");
        run("run.json without anything", 4, "run.json", "run.json", "{\"schemaVersion\": 3}");
        String nulls =
                "{\"schemaVersion\":3,\"name\":null,\"facts\":null,\"classes\":null,\"warnings\":null,\"assumptions\":null,"
                        + "\"stages\":null,\"parts\":null}";
        run("run.json of nulls", 4, "run.json", "run.json", nulls);
        String climbs =
                "{\"schemaVersion\":3,\"name\":\"x\",\"facts\":{},\"classes\":[\"a\"],\"warnings\":[],\"assumptions\":[],\"stages\":"
                        + "{\"prepare\":{\"state\":\"done\",\"inputs\":\"x\",\"outputs\":{\"../../../../etc/passwd\":\"0\"},"
                        + "\"seconds\":0,\"finished\":\"\"}},\"parts\":{}}";
        run("run.json whose outputs climb", 4, "does not lie in the run folder", "run.json", climbs);
        run(
                "run.json whose outputs are elsewhere",
                4,
                "does not lie in the run folder",
                "run.json",
                climbs.replace("../../../../etc/passwd", "/etc/passwd"));
        run("config.yaml with a tag", 2, "config.yaml", "config.yaml", "seed: !!java.net.URL [\"http://x/\"]\n");
        run("a model.zip of text", 4, "model.zip", "model.zip", "no zip");
    }

    private void run(String name, int code, String words, String file, String content) throws IOException {
        Path run = Files.createDirectory(folder.resolve("given" + rows.size()));
        Files.writeString(
                run.resolve("config.yaml"),
                "data:\n  source: folder\n  dir: " + folder + "/images\nmodel:\n  architecture: demo\ncache:\n  dir: "
                        + folder + "/cache\n");
        Files.writeString(run.resolve(file), content);
        List<String> args = file.equals("model.zip")
                ? List.of("explain", folder + "/images/0.jpg", "--model", run.toString(), "--out", folder + "/out")
                : List.of("report", run.toString());
        rows.add(new Row(name, code, words, args));
    }
}
