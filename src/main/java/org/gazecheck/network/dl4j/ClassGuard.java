package org.gazecheck.network.dl4j;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.serde.JsonMappers;
import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.cfg.MapperConfig;
import org.nd4j.shade.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * Which classes Deeplearning4j's JSON may name while an archive of others is read: those that its configurations are made of.
 * Elsewhere in this process, where a program reads configurations of its own, nothing is refused.
 */
final class ClassGuard extends PolymorphicTypeValidator.Base {
    private static final long serialVersionUID = 1;

    private static final Pattern KNOWN = Pattern.compile(
            "org\\.(deeplearning4j\\.nn\\.(conf(\\.(constraint|distribution|dropout|graph(\\.rnn)?|inputs"
                    + "|layers(\\.(convolutional|misc|objdetect|recurrent|util|variational|wrapper))?|ocnn|preprocessor"
                    + "|stepfunctions|weightnoise))?|weights(\\.embeddings)?|modelimport\\.keras\\.preprocessors)"
                    + "|nd4j\\.linalg\\.(activations\\.impl|lossfunctions\\.impl|learning\\.(config|regularization)"
                    + "|schedule))\\.[A-Z]\\w*(\\$\\w+)*");

    private static final ThreadLocal<Boolean> CLOSED = ThreadLocal.withInitial(() -> false);

    static {
        ClassGuard guard = new ClassGuard();
        JsonMappers.getMapper().setPolymorphicTypeValidator(guard);
        JsonMappers.getLegacyMapper().setPolymorphicTypeValidator(guard);
        org.nd4j.serde.json.JsonMappers.getMapper().setPolymorphicTypeValidator(guard);
    }

    private ClassGuard() {}

    /** Whether configurations are made of such a class. */
    static boolean known(String name) {
        return KNOWN.matcher(name).matches();
    }

    /** Reads, in this thread, with every other class refused. */
    static <T> T during(Supplier<T> reading) {
        CLOSED.set(true);
        try {
            return reading.get();
        } finally {
            CLOSED.remove();
        }
    }

    @Override
    public Validity validateBaseType(MapperConfig<?> config, JavaType baseType) {
        return Validity.INDETERMINATE;
    }

    @Override
    public Validity validateSubClassName(MapperConfig<?> config, JavaType baseType, String name) {
        return CLOSED.get() && !known(name) ? Validity.DENIED : Validity.ALLOWED;
    }

    @Override
    public Validity validateSubType(MapperConfig<?> config, JavaType baseType, JavaType subType) {
        return CLOSED.get() && !known(subType.getRawClass().getName()) ? Validity.DENIED : Validity.ALLOWED;
    }
}
