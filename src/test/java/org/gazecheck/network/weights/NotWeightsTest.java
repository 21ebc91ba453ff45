package org.gazecheck.network.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.gazecheck.network.Block;
import org.gazecheck.network.WeightsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are given as weights and hold none, or not as they are. */
class NotWeightsTest {
    @TempDir
    private Path folder;

    private byte[] torch;
    private byte[] safetensors;

    @BeforeEach
    void write() throws IOException {
        var tensors = SavedWeights.small(Block.BASIC, 3, 1);
        torch = Files.readAllBytes(SavedWeights.torch(folder.resolve("good.pth"), tensors));
        safetensors = Files.readAllBytes(SavedWeights.safetensors(folder.resolve("good.safetensors"), tensors));
    }

    @Test
    void pointersAreNamed() throws IOException {
        text(
                "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 102469840\n",
                "is a Git LFS pointer",
                "102469840",
                "git lfs pull");
        text("/annex/objects/SHA256E-s1024--abc.pth\n", "is a git-annex pointer", "git annex get");
        text("outs:\n- md5: 0123\n  size: 1024\n  path: w.pth\n", "is a DVC pointer", "dvc pull");
    }

    @Test
    void pagesAndErrorsAreNamed() throws IOException {
        text("<!DOCTYPE html><html><head><title>Sign in</title></head></html>", "is a web page (Sign in)", "fetch");
        text("\n\n  <html><h1>404 Not Found</h1></html>", "is a web page (404 Not Found)");
        text("\ufeff<HTML><BODY>Quota exceeded</BODY></HTML>", "is a web page", "Quota exceeded");
        text("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "is an XML document (AccessDenied)");
        text("{\"error\": \"Repository not found\"}", "is JSON text", "Repository not found");
        text("Entry not found", "is text (Entry not found)", "fetch the file again");
        text("{\"weight_map\": {\"conv1.weight\": \"model-00001-of-00002.safetensors\"}}", "several files");
    }

    @Test
    void packedFilesAreToBeUnpacked() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(torch);
        }
        refused("w.pth.gz", gzip.toByteArray(), "is packed with gzip", "unpack");
        refused("w.pth", gzip.toByteArray(), "is packed with gzip");
        refused("w.pth", bytes("7z\u00bc\u00af'\u001c\0\4", 40), "is a 7z archive");
        refused("w.safetensors", bytes("BZh91AY&SY", 40), "is packed with bzip2");
        refused("w.tar.xz", bytes("\u00fd7zXZ\0\0\4", 40), "is packed with xz");
        byte[] tar = new byte[1024];
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        tar[0] = 'w';
        refused("w.tar", tar, "is a tar archive");
        for (String name : new String[] {"w.pth", "w.zip"}) {
            refused(name, zip("net/resnet50.pth", torch), "is a zip around net/resnet50.pth", "unpack");
        }
        refused("w.pth", zip("model.weights.h5", new byte[9]), "Keras");
        refused("w.pth", zip("arr_0.npy", new byte[9]), "no data.pkl", "arr_0.npy");
    }

    @Test
    void otherFormatsAreNamed() throws IOException {
        refused("w.h5", bytes("\u0089HDF\r\n\u001a\n", 600), "is an HDF5 file", "Keras");
        refused("w.pth", bytes("\u0080\2\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.", 60), "before 1.6", "torch.save");
        refused("w.pth", bytes("\u0080\4\u0095abc", 60), "Python pickle", "torch.save(model.state_dict()");
        refused("w.pth", bytes("\u0093NUMPY\1\0", 60), "NumPy");
        refused("w.onnx", bytes("\b\7\u0012", 60), "ONNX", "external.model");
        refused("w.pth", bytes("\b\7\u0012\7pytorch", 60), "ONNX", "external.model");
        refused("w.pth", bytes("\u0089PNG\r\n\u001a\n", 60), "PNG image");
    }

    @Test
    void unfinishedFilesAreNamed() throws IOException {
        refused("w.pth", new byte[0], "is empty", "fetch it again");
        refused("w.safetensors", new byte[0], "is empty");
        refused("w.safetensors", new byte[100_000], "zeros", "did not finish");
        refused("w.pth", Arrays.copyOf(torch, torch.length / 2), "no intact zip", "did not finish", "fetch it again");
        refused("w.safetensors", Arrays.copyOf(safetensors, 300), "truncated download", "Fetch it again");
        refused("w.safetensors", Arrays.copyOf(safetensors, safetensors.length - 9), "truncated download");
    }

    @Test
    void aWrongEndingDoesNotMatter() throws IOException {
        String hash = ResNets.load(folder.resolve("good.pth")).hash();
        for (String name :
                new String[] {"w.pt", "pytorch_model.bin", "last.ckpt", "checkpoint.pth.tar", "w.PTH", "w"}) {
            assertEquals(
                    hash, ResNets.load(Files.write(folder.resolve(name), torch)).hash());
        }
        assertEquals(
                hash,
                ResNets.load(Files.write(folder.resolve("s.pth"), safetensors)).hash());
        assertEquals(
                hash,
                ResNets.load(Files.write(folder.resolve("t.safetensors"), torch))
                        .hash());
    }

    private void text(String content, String... words) throws IOException {
        for (String name : new String[] {"w.pth", "w.safetensors", "w.bin", "model.safetensors.index.json"}) {
            refused(name, content.getBytes(StandardCharsets.UTF_8), words);
        }
    }

    private void refused(String name, byte[] content, String... words) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        WeightsException e = assertThrows(WeightsException.class, () -> ResNets.load(file));
        for (String word : words) {
            assertTrue(e.getMessage().contains(word), e.getMessage());
        }
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }

    private static byte[] bytes(String begin, int length) {
        byte[] bytes = new byte[length];
        byte[] first = begin.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(first, 0, bytes, 0, first.length);
        return bytes;
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }
}
