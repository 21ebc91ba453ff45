package org.gazecheck.gate;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.results.Acknowledgement;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.GateResult;
import org.gazecheck.results.GateVerdict;

/**
 * {@code junit.xml}: one test case a gate, as Ant's JUnit task writes them, which is what CI servers read. A gate that alerted
 * is a failure; one that warned, persists, is acknowledged or does not apply is skipped, with the reason.
 */
public final class JUnitFile {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private JUnitFile() {}

    /** Written whole or not at all. */
    public static void write(Path file, GateVerdict verdict) throws IOException {
        AtomicFile.write(file, text(verdict));
    }

    /** Of a night that broke off before its gates judged: one test case, with an error. */
    public static void writeBroken(Path file, String run, Instant time, String message) throws IOException {
        AtomicFile.write(file, text(xml -> {
            suite(xml, time, 1, 0, 1, 0);
            start(xml, "testcase", "name", "the night", "classname", "gazecheck.night", "time", "0");
            start(xml, "error", "message", message, "type", "night");
            xml.writeCharacters(run + ": " + message);
            xml.writeEndElement();
            xml.writeEndElement();
            line(xml);
            xml.writeEmptyElement("system-out");
            xml.writeEmptyElement("system-err");
            line(xml);
            xml.writeEndElement();
            line(xml);
        }));
    }

    static String text(GateVerdict verdict) {
        return text(xml -> suite(xml, verdict));
    }

    private interface Suites {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    private static String text(Suites suites) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            line(xml);
            xml.writeStartElement("testsuites");
            line(xml);
            suites.write(xml);
            xml.writeEndElement();
            line(xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a text in memory takes everything", e);
        }
        return text.toString();
    }

    private static void suite(XMLStreamWriter xml, GateVerdict verdict) throws XMLStreamException {
        long failed = verdict.count(GateOutcome.FAILED);
        long passed = verdict.count(GateOutcome.PASSED);
        suite(
                xml,
                verdict.time(),
                verdict.gates().size(),
                failed,
                0,
                verdict.gates().size() - failed - passed);
        xml.writeStartElement("properties");
        empty(xml, "property", "name", "run", "value", verdict.run());
        empty(xml, "property", "name", "alerts", "value", Boolean.toString(verdict.alerts()));
        empty(xml, "property", "name", "budget", "value", Wording.plain(verdict.budget()));
        xml.writeEndElement();
        line(xml);
        for (GateResult gate : verdict.gates()) {
            testCase(xml, gate);
        }
        xml.writeStartElement("system-out");
        xml.writeCharacters(everything(verdict));
        xml.writeEndElement();
        xml.writeEmptyElement("system-err");
        line(xml);
        xml.writeEndElement();
        line(xml);
    }

    private static void suite(XMLStreamWriter xml, Instant time, long tests, long failures, long errors, long skipped)
            throws XMLStreamException {
        start(
                xml,
                "testsuite",
                "name",
                "gazecheck.gates",
                "package",
                "gazecheck",
                "id",
                "0",
                "timestamp",
                SECONDS.format(time),
                "hostname",
                "localhost",
                "tests",
                Long.toString(tests),
                "failures",
                Long.toString(failures),
                "errors",
                Long.toString(errors),
                "skipped",
                Long.toString(skipped),
                "time",
                "0");
        line(xml);
    }

    private static void testCase(XMLStreamWriter xml, GateResult gate) throws XMLStreamException {
        start(
                xml,
                "testcase",
                "name",
                gate.rule(),
                "classname",
                "gazecheck.gates." + gate.level().text(),
                "time",
                "0");
        if (gate.outcome() == GateOutcome.FAILED) {
            start(xml, "failure", "message", gate.sentence(), "type", "gate");
            for (int i = 0; i < gate.failures().size(); i++) {
                xml.writeCharacters(
                        (i == 0 ? "" : "\n") + allowed(gate.failures().get(i).text()));
            }
            xml.writeEndElement();
        } else if (gate.outcome() != GateOutcome.PASSED) {
            empty(xml, "skipped", "message", gate.outcome().words() + ": " + gate.sentence());
        }
        xml.writeEndElement();
        line(xml);
    }

    private static String everything(GateVerdict verdict) {
        StringBuilder text = new StringBuilder();
        for (GateResult gate : verdict.gates()) {
            text.append(allowed(gate.rule() + ": " + gate.outcome().words() + ". " + gate.sentence()))
                    .append('\n');
        }
        for (Acknowledgement known : verdict.acknowledgements()) {
            text.append(allowed("acknowledged until " + known.until() + " by " + known.who() + ": " + known.of() + " ("
                            + known.reason() + ")"))
                    .append('\n');
        }
        return text.toString();
    }

    private static void start(XMLStreamWriter xml, String name, String... attributes) throws XMLStreamException {
        xml.writeStartElement(name);
        attributes(xml, attributes);
    }

    private static void empty(XMLStreamWriter xml, String name, String... attributes) throws XMLStreamException {
        xml.writeEmptyElement(name);
        attributes(xml, attributes);
    }

    private static void attributes(XMLStreamWriter xml, String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], allowed(attributes[i + 1]));
        }
    }

    private static void line(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    /** What XML 1.0 can hold, on one line; the rest as an escape. */
    private static String allowed(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean good =
                    (c >= 0x20 && c < 0x7f || c >= 0xa0 && c <= 0xd7ff || c >= 0xe000 && c <= 0xfffd || c > 0xffff)
                            && Character.getType(c) != Character.FORMAT;
            if (good) {
                out.appendCodePoint(c);
            } else {
                out.append(String.format("\\u%04x", c));
            }
        });
        return out.toString();
    }
}
