package org.gazecheck.network.onnx.runtime;

import ai.onnxruntime.OrtEnvironment;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.Loader;

/**
 * ONNX Runtime's native libraries, unpacked once into JavaCPP's cache beside those of Deeplearning4j. Left to itself, ONNX
 * Runtime unpacks them into a new temporary folder every time, which a killed process leaves behind.
 */
final class NativeLibraries {
    private static final String FOLDER = "onnxruntime.native.path";

    private NativeLibraries() {}

    /** Unpacks them if need be, and sets ONNX Runtime's path to them; does nothing where a folder was chosen by hand. */
    static synchronized void unpack() throws IOException {
        if (System.getProperty(FOLDER) != null) {
            return;
        }
        String resources = "/ai/onnxruntime/native/" + platform() + "/";
        List<File> unpacked = new ArrayList<>();
        for (String library : new String[] {"onnxruntime", "onnxruntime4j_jni"}) {
            String name = resources + System.mapLibraryName(library);
            if (OrtEnvironment.class.getResource(name) == null) {
                return;
            }
            unpacked.add(Loader.cacheResource(OrtEnvironment.class, name));
        }
        System.setProperty(FOLDER, unpacked.get(0).getParent());
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch");
        String os = system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux";
        return os + "-" + (machine.equals("amd64") || machine.equals("x86_64") ? "x64" : machine);
    }
}
