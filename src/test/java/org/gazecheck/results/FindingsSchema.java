package org.gazecheck.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** {@code findings.schema.json} in the hands of a validator that does not know this program. */
public final class FindingsSchema {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FindingsSchema() {}

    /** What a file says that the schema does not allow. */
    public static List<String> violations(Path file) throws IOException {
        try (InputStream text = FindingsFile.class.getResourceAsStream("findings.schema.json")) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text);
            return schema.validate(JSON.readTree(file.toFile())).stream()
                    .map(Error::toString)
                    .toList();
        }
    }
}
