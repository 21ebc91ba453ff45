package org.nd4j.nativeblas;

import java.lang.reflect.Method;

/**
 * Brings Deeplearning4j's oneDNN layers back. Version 1.0.0-M2.1 asks a class of this name whether oneDNN may be used,
 * but ND4J moved that class to another package; without an answer every convolution takes a path several times slower,
 * and nothing is said about it.
 */
public final class Nd4jCpu {
    private Nd4jCpu() {}

    /** Passes the question on to where ND4J keeps the answer now; by reflection, since a CUDA build lacks that class. */
    public static final class Environment {
        private static final String MOVED_TO = "org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu$Environment";
        private static final Environment INSTANCE = new Environment();

        private Environment() {}

        /** Called by Deeplearning4j by reflection. */
        public static Environment getInstance() {
            return INSTANCE;
        }

        /** Whether the native library was built with oneDNN and uses it; called by Deeplearning4j by reflection. */
        public boolean isUseMKLDNN() throws ReflectiveOperationException {
            Class<?> environment = Class.forName(MOVED_TO);
            Object instance = environment.getMethod("getInstance").invoke(null);
            Method answer = environment.getMethod("isUseONEDNN");
            return (Boolean) answer.invoke(instance);
        }
    }
}
